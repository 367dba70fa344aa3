import type { AssembledStack } from '../assembly/assembly';
import type { AppModel } from '../config/app-model';
import type { StackGraph } from '../stack-graph/stack-graph';
import type { BootstrapUse } from './bootstrap-use';
import type { Facts } from './facts';

/** What a check found. */
export type Finding =
  | { readonly result: 'ok'; readonly text: string }
  /** `todo` is what helps, as a rule a command. */
  | { readonly result: 'problem'; readonly text: string; readonly todo: string }
  /** `text` is the reason. */
  | { readonly result: 'not checkable here'; readonly text: string };

/** What the doctor looks at. */
export interface Patient {
  readonly workspaceRoot: string;
  readonly app: AppModel;
  readonly environment: string;
  readonly graph: StackGraph;
  readonly stacks: readonly AssembledStack[];
  /** What the stacks need of the CDK's bootstrap, by place. */
  readonly bootstraps: readonly BootstrapUse[];
  readonly facts: Facts;
}

/** One thing that must be right before an environment can be deployed. */
export interface Check {
  readonly name: string;
  /** Why it says nothing at a local endpoint; left out where it does. */
  readonly notReal?: string;
  readonly run: (patient: Patient) => Promise<readonly Finding[]>;
}

export const ok = (text: string): Finding => ({ result: 'ok', text });
export const problem = (text: string, todo: string): Finding => ({ result: 'problem', text, todo });
export const notCheckable = (text: string): Finding => ({ result: 'not checkable here', text });
