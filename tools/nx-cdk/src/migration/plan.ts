import type { Template } from '../assembly/template';
import type { Alternative } from './alternatives';
import type { Difference } from './differences';
import type { Ambiguity } from './pairing';

/** A deployed resource, the one of the app that it becomes, and how. */
export interface PairPlan {
  /** `stack/logicalId`. */
  readonly from: string;
  /** `stack/logicalId`. */
  readonly to: string;
  readonly type: string;
  readonly physicalId?: string;
  /** What shows that they are the same, as a phrase. */
  readonly because: string;
  readonly fate: 'moves' | 'stays' | 'cannot-move';
  /** Why it cannot be moved. */
  readonly obstacles: readonly string[];
  /** What can be done instead, if it cannot be moved. */
  readonly alternatives: readonly Alternative[];
  /** What the ordinary deploy changes of it; undefined where that makes a new one. */
  readonly difference?: Difference;
}

/** A deployed resource that the app has not. */
export interface LeftPlan {
  readonly key: string;
  readonly type: string;
  readonly physicalId?: string;
  /** What becomes of it when its stack is deleted. */
  readonly deletionPolicy: string;
}

/** One thing to do, in order. */
export type MigrationStep =
  /** An ordinary update that only adds an output or a placeholder. */
  | { readonly kind: 'prepare'; readonly stackName: string; readonly template: Template }
  | {
      readonly kind: 'refactor';
      readonly moves: readonly { readonly from: string; readonly to: string }[];
      readonly stacks: readonly { readonly stackName: string; readonly template: Template; readonly isNew: boolean }[];
    }
  /** An ordinary update that removes what must be gone before the app can make its own; only where it is to be recreated. */
  | {
      readonly kind: 'release';
      readonly stackName: string;
      readonly template: Template;
      readonly resources: readonly string[];
    }
  /** The ordinary deploy of the app. */
  | { readonly kind: 'deploy' }
  /** Deletes what is left of an old stack, with these resources. */
  | { readonly kind: 'delete'; readonly stackName: string; readonly resources: readonly string[] };

/** What the ordinary deploy does to a stack after the refactor. */
export interface DeployPlan {
  readonly stackName: string;
  /** Keys of the resources that it makes. */
  readonly adds: readonly string[];
  /** Resources that get another value. */
  readonly changes: readonly (Difference & { readonly key: string })[];
  /** How many resources are only written in another way, with the same values. */
  readonly rewrites: number;
}

/** Everything about a migration. */
export interface MigrationPlan {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** Names of the deployed stacks to migrate from. */
  readonly from: readonly string[];
  readonly pairs: readonly PairPlan[];
  readonly ambiguous: readonly Ambiguity[];
  readonly onlyDeployed: readonly LeftPlan[];
  readonly onlyTarget: readonly { readonly key: string; readonly type: string }[];
  readonly steps: readonly MigrationStep[];
  readonly deploys: readonly DeployPlan[];
  /** Values that the old stacks have for parameters of the app, other than their defaults there. */
  readonly parameters: readonly { readonly name: string; readonly value: string; readonly default: string }[];
  /** Outputs that the refactor drops, as `stack/output`. */
  readonly droppedOutputs: readonly string[];
  /** Types of which the registry could not be asked whether they can be moved. */
  readonly unaskedTypes: readonly string[];
}
