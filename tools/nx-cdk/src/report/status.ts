/** How far a stack is what CloudFormation made of it. */
export interface Drift {
  /** What was changed behind CloudFormation's back, as a phrase; null when nothing was found. */
  readonly changes: string | null;
  /** How many resources were compared. */
  readonly compared: number;
  /** How many could not be: CloudFormation has no comparison for their type, or could not read them. */
  readonly notCompared: number;
  /** Why the stack could not be compared, or only in part. */
  readonly problem?: string;
}

/** One stack, as it is and as it would be. */
export interface StackStatus {
  readonly name: string;
  readonly stackName: string;
  readonly phase: string | null;
  /** CloudFormation's word for its state; null where it is not deployed. */
  readonly status: string | null;
  /** ISO 8601, UTC; null where it is not deployed. */
  readonly lastUpdated: string | null;
  /** Null where the stack takes none. */
  readonly imageTag: string | null;
  /** Undefined when nobody looked, and where it is not deployed. */
  readonly drift?: Drift;
  /** What a deploy would do with it now. */
  readonly next: { readonly action: string; readonly reason: string };
}

/** An environment, as it is and as it would be. */
export interface AppStatus {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** Who works on it, since when and with what, as a phrase; null when nobody does. */
  readonly lock: string | null;
  /** The commit that all stacks were last equal to; null before the first time. */
  readonly deployedCommit: string | null;
  /** Commits that runs began to ship since; null stands for files that were not committed, and for deletions. */
  readonly begunSince: readonly (string | null)[];
  /** What stands against a deploy; empty when nothing does. */
  readonly problems: readonly string[];
  readonly notices: readonly string[];
  /** CloudFormation names of stacks that are deployed, and that a deploy leaves alone unless it is told to delete them. */
  readonly noLongerPartOfTheApp: readonly string[];
  /** The stacks asked for, in order. */
  readonly stacks: readonly StackStatus[];
}
