import type { RunReport, StackReport } from '../report/report';

/** Everything that can happen in a run and that somebody may want to see or keep. */
export type Event =
  RunStarted | Refused | Planned | StackStarted | StackProgress | StackFinished | Notice | Detail | RunFinished;

/** Who listens. */
export type Listener = (event: Event) => void;

/** The run knows what it works on; nothing was changed yet. */
export interface RunStarted {
  readonly type: 'run-started';
  readonly action: 'deploy' | 'destroy' | 'rollback';
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly dryRun: boolean;
}

/** The run ends before it changes anything. */
export interface Refused {
  readonly type: 'refused';
  readonly problems: readonly string[];
}

/** What the run is about to do. */
export interface Planned {
  readonly type: 'planned';
  readonly stacks: readonly AnnouncedStack[];
  /** The most stacks worked on at once. */
  readonly concurrency: number;
}

/** What the run is about to do with one stack. */
export interface AnnouncedStack {
  readonly name: string;
  readonly phase?: { readonly name: string; readonly title: string };
  readonly action: string;
  readonly reason: string;
  /** Names of the planned stacks that must be done first. */
  readonly needs: readonly string[];
  /** How long it took the last time, in milliseconds; undefined when that is not known. */
  readonly expectedMs?: number;
}

/** The work on one stack begins. */
export interface StackStarted {
  readonly type: 'stack-started';
  readonly name: string;
  readonly verb: 'creating' | 'updating' | 'deleting' | 'rolling back' | 'following';
  readonly reason: string;
}

/** CloudFormation reported something about a resource of a running stack. */
export interface StackProgress {
  readonly type: 'stack-progress';
  readonly name: string;
  /** Resources completed so far. */
  readonly done: number;
  /** Resources in all, as far as it is known. */
  readonly total?: number;
  /** The resource, by construct path where it is known. */
  readonly resource: string;
  readonly status: string;
  readonly statusReason?: string;
}

/** The result of one stack is known. */
export interface StackFinished {
  readonly type: 'stack-finished';
  readonly name: string;
  readonly report: StackReport;
}

/** Something a person should know that is no result. */
export interface Notice {
  readonly type: 'notice';
  readonly text: string;
}

/** A message of the CDK toolkit; for those who want to see everything. */
export interface Detail {
  readonly type: 'detail';
  readonly name: string;
  readonly text: string;
}

/** All is over. */
export interface RunFinished {
  readonly type: 'run-finished';
  readonly report: RunReport;
  /** Where the report was written, relative to the workspace. */
  readonly files: readonly string[];
}
