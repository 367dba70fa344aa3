import { constructPath, differingKeys, type Template } from '../assembly/template';
import type { StackDrift } from '../live-state/drift';
import type { ChangeSetChange, PropertyChange } from '../live-state/live-state';

/** What shipping a stack does to one of its resources. */
export interface ResourceChange {
  readonly logicalId: string;
  /** CloudFormation type, e.g. `AWS::RDS::DBInstance`. */
  readonly type: string;
  /** The construct that made it, where the template says so, e.g. `database/Database/Instance/Resource`. */
  readonly path?: string;
  /** `replace` creates a new resource and deletes the old one; `may-replace` is for CloudFormation to decide. */
  readonly change: 'add' | 'update' | 'replace' | 'may-replace' | 'remove';
}

/** The resources that two templates differ in. It does not tell a replacement from an update: see `withReplacements`. */
export function resourceChanges(deployed: Template | undefined, synthesized: Template): ResourceChange[] {
  const before = deployed?.Resources ?? {};
  const after = synthesized.Resources ?? {};
  return differingKeys(before, after).map((logicalId) => {
    const old = before[logicalId];
    const now = after[logicalId];
    const replaced = old && now && old.Type !== now.Type ? 'replace' : 'update';
    return {
      logicalId,
      type: (now ?? old)?.Type ?? '',
      path: constructPath(now ? synthesized : (deployed ?? {}), logicalId),
      change: old ? (now ? replaced : 'remove') : 'add',
    };
  });
}

/**
 * Marks the updates that replace a resource, by what the resource specification says of the properties that differ.
 *
 * A prediction without asking CloudFormation, made for dry runs. Loading the specification takes most of a second and some
 * 150 MB, so it is loaded when it is needed.
 */
export async function withReplacements(
  changes: readonly ResourceChange[],
  deployed: Template | undefined,
  synthesized: Template,
): Promise<ResourceChange[]> {
  if (!deployed || !changes.some(({ change }) => change === 'update')) return [...changes];
  const { fullDiff, ResourceImpact } = await import('@aws-cdk/cloudformation-diff');
  const impacts = fullDiff({ ...deployed }, { ...synthesized }).resources;
  return changes.map((one) => {
    if (one.change !== 'update') return one;
    const impact = impacts.changes[one.logicalId]?.changeImpact;
    if (impact === ResourceImpact.WILL_REPLACE) return { ...one, change: 'replace' as const };
    return impact === ResourceImpact.MAY_REPLACE ? { ...one, change: 'may-replace' as const } : one;
  });
}

/**
 * What bringing back resources does that were changed behind CloudFormation's back.
 *
 * @param others changes that are known already.
 */
export function changesOfDrift(
  drift: StackDrift | undefined,
  synthesized: Template,
  others: readonly ResourceChange[],
): ResourceChange[] {
  return (drift?.drifted ?? [])
    .filter(({ logicalId }) => !others.some((other) => other.logicalId === logicalId))
    .map(({ logicalId, type, change }) => ({
      logicalId,
      type,
      path: constructPath(synthesized, logicalId),
      change: change === 'deleted' ? 'add' : 'update',
    }));
}

/** The resources that a change set concerns: CloudFormation's own answer, which knows the values of parameters. */
export function changesOf(
  changeSet: readonly ChangeSetChange[],
  deployed: Template | undefined,
  synthesized: Template,
): ResourceChange[] {
  return changeSet.map((change) => ({
    logicalId: change.logicalId,
    type: change.type,
    path: constructPath(change.action === 'Remove' ? (deployed ?? {}) : synthesized, change.logicalId),
    change: kindOf(change),
  }));
}

function kindOf({ action, replacement, properties }: ChangeSetChange): ResourceChange['change'] {
  if (action === 'Add' || action === 'Import') return 'add';
  if (action === 'Remove') return 'remove';
  if (replacement === undefined || replacement === 'False' || keepsValues(properties)) return 'update';
  return replacement === 'True' ? 'replace' : 'may-replace';
}

/**
 * Whether the properties that would replace the resource have the same values as before: a change set also has those that
 * are only written in another way, e.g. read from SSM instead of imported.
 */
function keepsValues(properties: readonly PropertyChange[]): boolean {
  const replacing = properties.filter(({ recreation }) => recreation !== 'Never');
  return replacing.length > 0 && replacing.every(({ before, after }) => before !== undefined && before === after);
}
