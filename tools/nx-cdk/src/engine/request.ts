import type { AppModel } from '../config/app-model';
import type { Dns } from '../dns/dns';
import type { Listener } from '../events/event';
import type { LiveState } from '../live-state/live-state';
import type { Pace } from '../live-state/pace';
import type { RecordStore } from '../records/record-store';
import type { ShipperFactory } from '../ship/shipper';
import type { StackDeleter } from '../ship/stack-deleter';

/** What a run is asked to do. */
export interface RunRequest<Options> {
  readonly workspaceRoot: string;
  readonly app: AppModel;
  /** Name of the environment. */
  readonly environment: string;
  /** Folder names of the stacks asked for; undefined means all. */
  readonly stacks?: readonly string[];
  /** Whether the app itself was asked for, beside these stacks. */
  readonly withApp?: boolean;
  readonly options: Options;
  /** What is wrong with the options as they were given. */
  readonly optionProblems: readonly string[];
  /** The command as a person would type it, for the report. */
  readonly command: string;
}

/** How a run reaches the outside world. */
export interface RunParts {
  /** Makes the environment reachable, before the first call to AWS. */
  readonly connect: () => Promise<void>;
  readonly liveState: LiveState;
  /** What the engine itself remembers of environments. */
  readonly records: RecordStore;
  readonly createShipper: ShipperFactory;
  /** For stacks that are no longer part of the app. */
  readonly deleter: StackDeleter;
  /** Asks whether hosted zones are delegated; without it nothing waits for that. */
  readonly dns?: Dns;
  readonly listener: Listener;
  readonly interrupts: Interrupts;
  /** How often to ask CloudFormation how far a stack is. */
  readonly pace: Pace;
}

/** Whether somebody wants the run to end. */
export interface Interrupts {
  /** Start nothing more. */
  readonly stopping: boolean;
  /** Resolves when the run must not wait any longer for what is running. */
  readonly detached: Promise<void>;
}

/** Nobody interrupts. */
export const uninterrupted: Interrupts = { stopping: false, detached: new Promise(() => undefined) };
