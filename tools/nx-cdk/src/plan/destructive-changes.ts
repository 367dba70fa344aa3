import type { Template } from '../assembly/template';
import type { DeployedStack } from '../live-state/live-state';
import type { StackNode } from '../stack-graph/stack-graph';
import type { ResourceChange } from './resource-changes';

/** A change that loses data, or a name or address that others have written down. */
export interface DestructiveChange {
  readonly logicalId: string;
  readonly type: string;
  /** What happens to it, as a phrase, e.g. `would be replaced`. */
  readonly effect: string;
}

/** Types whose resources hold data, or whose loss takes down whatever points at them. */
const STATEFUL = new Set([
  'AWS::CertificateManager::Certificate',
  'AWS::Cognito::UserPool',
  'AWS::DocDB::DBCluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Volume',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::Neptune::DBCluster',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Route53::HostedZone',
  'AWS::S3::Bucket',
]);

/** Types whose `EngineVersion` cannot go back once its major number has changed. */
const DATABASES = new Set([
  'AWS::DocDB::DBCluster',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
]);

const EFFECTS: Partial<Record<ResourceChange['change'], string>> = {
  replace: 'would be replaced',
  'may-replace': 'may be replaced',
  remove: 'would be removed',
};

/** Whether a resource of the type must not be replaced or removed by surprise. */
export const isStateful = (type: string): boolean => STATEFUL.has(type);

/** Whether a stack has a resource whose replacement or removal must not happen by surprise. */
export function hasStateful(template: Template | undefined): boolean {
  return Object.values(template?.Resources ?? {}).some(({ Type }) => isStateful(Type));
}

/** Those of them that hold nothing that could be backed up. */
const WITHOUT_DATA = new Set([
  'AWS::CertificateManager::Certificate',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::KMS::Key',
  'AWS::Route53::HostedZone',
]);

/** The resources whose data are gone when the stack is deleted, since no deletion policy keeps them. */
export function losesData(template: Template | undefined): { readonly logicalId: string; readonly type: string }[] {
  return Object.entries(template?.Resources ?? {})
    .filter(([, { Type }]) => STATEFUL.has(Type) && !WITHOUT_DATA.has(Type))
    .filter(([, { DeletionPolicy = 'Delete' }]) => !/^(Retain|Snapshot)/.test(DeletionPolicy))
    .map(([logicalId, { Type: type }]) => ({ logicalId, type }));
}

/**
 * The changes that must not happen unless somebody asked for them.
 *
 * @param changes as CloudFormation's change set has them, or as predicted.
 */
export function destructiveChanges(
  changes: readonly ResourceChange[],
  deployed: Template | undefined,
  synthesized: Template,
): DestructiveChange[] {
  return changes
    .filter(({ type }) => STATEFUL.has(type))
    .flatMap(({ logicalId, type, change }) => {
      const effect = EFFECTS[change] ?? majorVersionChange(type, logicalId, deployed, synthesized);
      if (effect === undefined) return [];
      const keeps = change !== 'may-replace' && keptBy(change === 'remove' ? deployed : synthesized, logicalId, change);
      return [{ logicalId, type, effect: keeps ? `${effect} (the old one is kept, as its template says)` : effect }];
    });
}

/** The new major version of a database engine is for good: RDS has no way back but a snapshot. */
function majorVersionChange(
  type: string,
  logicalId: string,
  deployed: Template | undefined,
  synthesized: Template,
): string | undefined {
  if (!DATABASES.has(type)) return undefined;
  const version = (template: Template | undefined): unknown =>
    template?.Resources?.[logicalId]?.Properties?.['EngineVersion'];
  const [before, after] = [version(deployed), version(synthesized)];
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  return before.split('.')[0] === after.split('.')[0]
    ? undefined
    : `would change the major version of its engine, ${before} → ${after}, with no way back`;
}

function keptBy(template: Template | undefined, logicalId: string, change: ResourceChange['change']): boolean {
  const resource = template?.Resources?.[logicalId];
  const policy = change === 'remove' ? resource?.DeletionPolicy : resource?.UpdateReplacePolicy;
  return policy === 'Retain' || policy === 'RetainExceptOnCreate';
}

/**
 * What is wrong with the names that the command line allows to be lost.
 *
 * @param allowed logical ids, and names of stacks.
 * @param removed names of the stacks that are no longer part of the app.
 */
export function unknownAllowances(
  allowed: readonly string[],
  nodes: readonly StackNode[],
  deployed: ReadonlyMap<string, DeployedStack | undefined>,
  removed: readonly string[],
): string[] {
  const templates = nodes.flatMap(({ stack }) => [stack.template, deployed.get(stack.id)?.template]);
  const known = new Set([...removed, ...templates.flatMap((template) => Object.keys(template?.Resources ?? {}))]);
  return allowed
    .filter((name) => !known.has(name))
    .map(
      (name) =>
        `--allowDestructive=${name} names nothing: no stack of the app has a resource with this logical id, and no ` +
        'deployed stack of this name is no longer part of it.',
    );
}
