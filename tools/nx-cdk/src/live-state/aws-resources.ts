import { paginateListStackResources, paginateListStacks, StackStatus } from '@aws-sdk/client-cloudformation';
import type { Clients } from './aws-clients';
import type { DeployedResource } from './live-state';

/** All but those that are gone; CloudFormation lists a deleted stack for 90 days. */
const PRESENT = Object.values(StackStatus).filter((status) => status !== StackStatus.DELETE_COMPLETE);

export async function listStackNames({ cloudFormation: client }: Clients): Promise<string[]> {
  const names: string[] = [];
  for await (const { StackSummaries = [] } of paginateListStacks({ client }, { StackStatusFilter: PRESENT })) {
    names.push(
      ...StackSummaries.filter(({ ParentId }) => ParentId === undefined).map(({ StackName }) => StackName ?? ''),
    );
  }
  return names;
}

export async function listResources(
  { cloudFormation: client }: Clients,
  StackName: string,
): Promise<DeployedResource[]> {
  const resources: DeployedResource[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
    resources.push(
      ...StackResourceSummaries.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE').map(
        (resource) => ({
          logicalId: resource.LogicalResourceId ?? '',
          type: resource.ResourceType ?? '',
          physicalId: resource.PhysicalResourceId,
        }),
      ),
    );
  }
  return resources;
}

export async function hasObjects({ config }: Clients, Bucket: string): Promise<boolean> {
  const { ListObjectVersionsCommand, S3Client } = await import('@aws-sdk/client-s3');
  // A local endpoint has no host name for each bucket.
  const forcePathStyle = process.env['AWS_ENDPOINT_URL'] !== undefined;
  const s3 = new S3Client({ ...config, forcePathStyle });
  try {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 1 }));
    return Versions.length + DeleteMarkers.length > 0;
  } catch (error) {
    if (error instanceof Error && ['NoSuchBucket', 'AccessDenied'].includes(error.name)) return false;
    throw error;
  }
}

export async function nameServersOf({ config }: Clients, Id: string): Promise<string[]> {
  const { GetHostedZoneCommand, Route53Client } = await import('@aws-sdk/client-route-53');
  const { DelegationSet } = await new Route53Client(config).send(new GetHostedZoneCommand({ Id }));
  return DelegationSet?.NameServers ?? [];
}
