import type { PropertyDifference } from '../plan/property-differences';
import type { ResourceChange } from '../plan/resource-changes';

/** What a deploy would do to one resource. */
export interface ResourceDiff extends ResourceChange {
  /** What of it differs; nothing of a resource that comes or goes. */
  readonly properties: readonly PropertyDifference[];
  /** Why it must not happen by surprise, as a phrase, e.g. `would be replaced`; undefined for a harmless change. */
  readonly destructive?: string;
}

/** What a deploy would do to one stack. */
export interface StackDiff {
  readonly name: string;
  readonly stackName: string;
  readonly phase: string | null;
  /** `unchanged`, `create`, `update`, `recreate`; `wait` and `stop` where the stack's state stands against it. */
  readonly action: string;
  readonly reason: string;
  readonly resources: readonly ResourceDiff[];
}

/** What a deploy would change. */
export interface AppDiff {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** What stands against a deploy; empty when nothing does. */
  readonly problems: readonly string[];
  readonly notices: readonly string[];
  /** CloudFormation names of stacks that are deployed, and that a deploy leaves alone unless it is told to delete them. */
  readonly noLongerPartOfTheApp: readonly string[];
  /** The stacks asked for, in order. */
  readonly stacks: readonly StackDiff[];
}

/** The stacks that differ from what is deployed. */
export const differing = ({ stacks }: AppDiff): StackDiff[] => stacks.filter(({ action }) => action !== 'unchanged');

/** The changes that must not happen by surprise. */
export const destructiveOf = (diff: AppDiff): (ResourceDiff & { readonly stack: string })[] =>
  diff.stacks.flatMap(({ name, resources }) =>
    resources.filter(({ destructive }) => destructive !== undefined).map((one) => ({ ...one, stack: name })),
  );

/** The option by which a deploy is allowed the destructive changes. */
export const allowOption = (diff: AppDiff): string =>
  `--allowDestructive=${destructiveOf(diff)
    .map(({ logicalId }) => logicalId)
    .join(',')}`;

/** E.g. `2 stacks differ, 12 do not. 1 change is destructive.` */
export function summaryOf(diff: AppDiff): string {
  const count = differing(diff).length;
  const same = diff.stacks.length - count;
  const destructive = destructiveOf(diff).length;
  return [
    `${count} ${count === 1 ? 'stack differs' : 'stacks differ'}, ${same} ${same === 1 ? 'does' : 'do'} not.`,
    ...(destructive === 0 ? [] : [`${destructive} ${destructive === 1 ? 'change is' : 'changes are'} destructive.`]),
  ].join(' ');
}
