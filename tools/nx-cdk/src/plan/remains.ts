import type { TemplateResource } from '../assembly/template';
import type { DeployedStack } from '../live-state/live-state';

/** What becomes of a resource when its stack is deleted: the resource stays, or a snapshot of its data. */
export type Remains = 'resource' | 'snapshot';

/** By logical id, what a deleted stack leaves behind, as the deployed template says. */
export function keptResources({ template }: Pick<DeployedStack, 'template'>): Map<string, Remains> {
  const remains = new Map<string, Remains>();
  for (const [logicalId, resource] of Object.entries(template?.Resources ?? {})) {
    const policy = resource.DeletionPolicy ?? defaultPolicy(resource);
    // RetainExceptOnCreate differs from Retain only when the creation of the stack is rolled back.
    if (policy === 'Retain' || policy === 'RetainExceptOnCreate') remains.set(logicalId, 'resource');
    if (policy === 'Snapshot') remains.set(logicalId, 'snapshot');
  }
  return remains;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html */
function defaultPolicy({ Type, Properties = {} }: TemplateResource): string {
  const standsAlone = Type === 'AWS::RDS::DBInstance' && Properties['DBClusterIdentifier'] === undefined;
  return Type === 'AWS::RDS::DBCluster' || standsAlone ? 'Snapshot' : 'Delete';
}

/**
 * Logical ids of the buckets that CloudFormation can delete only if nothing is in them: those that are neither kept nor
 * emptied by CDK's custom resource (`autoDeleteObjects`).
 */
export function bucketsToBeEmpty(stack: DeployedStack): string[] {
  const kept = keptResources(stack);
  const resources = Object.entries(stack.template?.Resources ?? {});
  const emptied = resources
    .filter(([, { Type }]) => Type === 'Custom::S3AutoDeleteObjects')
    .map(([, { Properties }]) => (Properties?.['BucketName'] as { Ref?: string } | undefined)?.Ref);
  return resources
    .filter(
      ([logicalId, { Type }]) => Type === 'AWS::S3::Bucket' && !kept.has(logicalId) && !emptied.includes(logicalId),
    )
    .map(([logicalId]) => logicalId);
}
