import type { ResourceChange } from '../plan/resource-changes';

/** How a stack fared in a run. */
export type StackResult =
  | 'created'
  | 'updated'
  | 'unchanged'
  | 'destroyed'
  /** It was tried and did not succeed, or could not be tried in the state the stack is in. */
  | 'failed'
  /** Not started because something it needs failed. */
  | 'blocked'
  /** Not part of the run. */
  | 'excluded'
  /** There was nothing to destroy, or the environment has no such stack. */
  | 'absent'
  /** Not started because the run was stopped, refused, or a dry run. */
  | 'skipped';

/** One stack's part of a report. */
export interface StackReport {
  /** The Nx project; null where the stack has none. */
  readonly project: string | null;
  readonly stackName: string;
  readonly phase: string | null;
  readonly result: StackResult;
  /** A sentence a person understands. */
  readonly reason: string;
  /** What went wrong, root cause first. */
  readonly error?: string;
  /** Names of the stacks that come directly before it. */
  readonly dependsOn: readonly string[];
  /** When the work on it began, ISO 8601, UTC; undefined when it never did. */
  readonly startedAt?: string;
  readonly durationMs: number;
  /** How long it took when it was last created or updated, in this run or an earlier one on this machine. */
  readonly shippedMs?: number;
  /** Resources that differ; undefined where nobody looked. */
  readonly changes?: readonly ResourceChange[];
  /** How many resources CloudFormation created, updated or deleted. */
  readonly resources?: number;
}

/** Something that is still there after a run that deleted stacks. */
export interface Leftover {
  readonly stackName: string;
  readonly logicalId: string;
  /** CloudFormation type. */
  readonly type: string;
  /** Undefined where it is not known, as for snapshots. */
  readonly physicalId?: string;
  /** Why it is still there, as a phrase. */
  readonly why: string;
}

/** What a run did. */
export interface RunReport {
  readonly environment: string;
  readonly account: string | null;
  readonly region: string | null;
  /** The commit that was deployed; null outside git. */
  readonly commit: string | null;
  readonly command: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** ISO 8601, UTC. */
  readonly finishedAt: string;
  readonly ok: boolean;
  readonly dryRun: boolean;
  /** Why the run was refused; empty when it was not. */
  readonly problems: readonly string[];
  /** What is to be done next, or to be known. */
  readonly notices: readonly string[];
  /** What is still there after stacks were deleted; left out where there is nothing. */
  readonly leftovers?: readonly Leftover[];
  /** All stacks of the app, in order, then those that are no longer part of it. */
  readonly stacks: readonly StackReport[];
}

/** Where the reports of an environment go, relative to the workspace. */
export const reportFolder = (environment: string): string => `dist/deploy/${environment}`;

/** Results that make a run fail. */
export const isBad = ({ result }: StackReport): boolean => ['failed', 'blocked'].includes(result);

/** How many stacks had which result, most frequent first, e.g. `13 unchanged, 1 updated`. */
export function countResults(stacks: readonly StackReport[]): string {
  const counts = new Map<StackResult, number>();
  for (const { result } of stacks) counts.set(result, (counts.get(result) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([result, count]) => `${count} ${result}`)
    .join(', ');
}
