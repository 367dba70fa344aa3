import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { checkEach, Untrue } from '../check';

/** Log groups exist, and keep what the template says for as long. */
export const logGroupsExist = checkEach({
  name: 'log groups exist with their retention',
  topic: 'resources',
  type: 'AWS::Logs::LogGroup',
  look: async ({ physicalId, stack, properties, value }, aws) => {
    const client = await aws.reader(CloudWatchLogsClient, stack.place);
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: physicalId }));
    const found = logGroups.find(({ logGroupName }) => logGroupName === physicalId);
    if (!found) throw new Untrue(`${physicalId} does not exist`);
    const words = (days: string | undefined) => (days === undefined ? 'for ever' : `${days} days`);
    const wanted = words(value(properties['RetentionInDays']));
    const actual = words(found.retentionInDays === undefined ? undefined : String(found.retentionInDays));
    if (actual !== wanted) throw new Untrue(`${physicalId} keeps ${actual} instead of ${wanted}`);
    return `${physicalId}, ${actual}`;
  },
});
