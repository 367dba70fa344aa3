import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ECSClient, ListServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DeleteRuleCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** Somebody who changes at a local endpoint, by hand, what CloudFormation made. */
export class Meddler {
  private readonly config: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };

  constructor(port: number) {
    this.config = {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
  }

  /** Deletes the rule with a priority. */
  public async deleteRule(listenerArn: string, priority: number): Promise<void> {
    const client = new ElasticLoadBalancingV2Client(this.config);
    const { Rules = [] } = await client.send(new DescribeRulesCommand({ ListenerArn: listenerArn }));
    const rule = Rules.find(({ Priority }) => Priority === String(priority));
    await client.send(new DeleteRuleCommand({ RuleArn: rule!.RuleArn }));
  }

  public async deleteLogGroup(logGroupName: string): Promise<void> {
    await new CloudWatchLogsClient(this.config).send(new DeleteLogGroupCommand({ logGroupName }));
  }

  /** Lets the one service whose name has this part want another count of tasks. */
  public async scale(cluster: string, part: string, desiredCount: number): Promise<void> {
    const client = new ECSClient(this.config);
    const { serviceArns = [] } = await client.send(new ListServicesCommand({ cluster }));
    const [service, ...others] = serviceArns.filter((arn) => arn.includes(part));
    if (others.length > 0) throw new Error(`Several services have ${part} in their names: ${serviceArns.join(', ')}`);
    await client.send(new UpdateServiceCommand({ cluster, service, desiredCount }));
  }
}
