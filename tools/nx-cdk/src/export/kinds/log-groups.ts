import { CloudWatchLogsClient, type LogGroup, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from '../../live-state/aws-clients';
import type { ExportedLogGroup } from '../environment-export';
import { resourcesOf, sortedBy, type SourceResource, type SourceStack } from '../source';

/** The log groups of stacks, and whether the teardown takes what they have with them. */
export async function readLogGroups(
  stacks: readonly SourceStack[],
  { config, watched }: Clients,
): Promise<ExportedLogGroup[]> {
  const wanted = resourcesOf(stacks, 'AWS::Logs::LogGroup');
  const client = watched(new CloudWatchLogsClient(config));
  const found = await Promise.all(
    wanted.map(async (resource) => {
      const group = await findLogGroup(client, resource.physicalId);
      return group ? [exportedLogGroup(resource, group)] : [];
    }),
  );
  return sortedBy(found.flat(), ({ name }) => name);
}

async function findLogGroup(client: CloudWatchLogsClient, name: string): Promise<LogGroup | undefined> {
  for await (const page of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: name })) {
    const found = page.logGroups?.find(({ logGroupName }) => logGroupName === name);
    if (found) return found;
  }
  return undefined;
}

/** A log group as it is exported. */
export function exportedLogGroup(
  { stack, logicalId, region, declared }: SourceResource,
  { logGroupName = '', retentionInDays, storedBytes = 0 }: LogGroup,
): ExportedLogGroup {
  return {
    stack,
    logicalId,
    region,
    name: logGroupName,
    retentionDays: retentionInDays ?? null,
    storedBytes,
    backUp: storedBytes > 0 && !declared?.DeletionPolicy?.startsWith('Retain'),
  };
}
