import type { AssembledStack } from '../assembly/assembly';
import { stackOutputsReadBy } from '../assembly/template';
import type { DeployedStack } from '../live-state/live-state';
import { planParameters } from './parameters';
import { templateDifference } from './template-difference';

/** The stack is to be shipped. */
export interface ShipVerdict {
  /** `recreate`: a deployment that never completed left a stack that cannot be updated; it is deleted, then created. */
  readonly action: 'create' | 'update' | 'recreate';
  readonly reason: string;
  /** Values of its parameters; those left out keep their previous value. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The deployed template is another one. */
  readonly templateDiffers: boolean;
  /** Resources that were changed behind CloudFormation's back are brought back. */
  readonly revertsDrift: boolean;
  /** Termination protection differs. It changes beside the template, so CloudFormation may find no other change. */
  readonly protectionDiffers: boolean;
}

/** What is to happen with one stack. */
export type Verdict =
  | ShipVerdict
  | { readonly action: 'unchanged'; readonly reason: string }
  /** Another operation is running: follow it to its end, then evaluate again. */
  | { readonly action: 'wait'; readonly reason: string }
  /** Nothing the engine may do on its own helps. */
  | { readonly action: 'stop'; readonly reason: string };

/** Whether the stack is to be shipped. */
export const isShipment = (verdict: Verdict): verdict is ShipVerdict =>
  verdict.action === 'create' || verdict.action === 'update' || verdict.action === 'recreate';

/** Whether a stack is about to be created: it is not there, or only as what a deployment left that never completed. */
export const isFresh = (deployed: DeployedStack | undefined): boolean => deployed === undefined || isShell(deployed);

const isShell = ({ status }: DeployedStack): boolean => SHELL.has(status);

/** What beside the stack itself decides. */
export interface Circumstances {
  /** New parameter values. */
  readonly given: Readonly<Record<string, string>>;
  /** Present values of SSM parameters, by name. */
  readonly ssm: ReadonlyMap<string, string>;
  /** Ship although nothing differs. */
  readonly force: boolean;
  /** What was changed behind CloudFormation's back and is to be brought back, as a part of a sentence. */
  readonly drift?: string;
  /** When a stack whose outputs are read was last updated, ISO 8601; undefined when it is not deployed. */
  readonly updatedAt: (stackName: string, region?: string) => string | undefined;
}

const SHELL = new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'REVIEW_IN_PROGRESS', 'CREATE_FAILED', 'DELETE_FAILED']);
const STUCK = new Set(['UPDATE_ROLLBACK_FAILED', 'IMPORT_ROLLBACK_FAILED']);

/** Decides from a stack's synthesized and deployed state whether and how it ships. */
export function evaluate(
  stack: AssembledStack,
  deployed: DeployedStack | undefined,
  { given, ssm, force, drift, updatedAt }: Circumstances,
): Verdict {
  const status = deployed?.status;
  const fresh = deployed === undefined || isShell(deployed);
  if (status !== undefined && STUCK.has(status)) {
    return { action: 'stop', reason: `it is in ${status}: CloudFormation could not roll its last update back` };
  }
  if (status?.endsWith('_IN_PROGRESS') && !fresh) {
    return { action: 'wait', reason: `another operation is running (${status})` };
  }

  const parameters = planParameters(stack.template, fresh ? {} : deployed.parameters, given, ssm);
  if (parameters.missing.length > 0) {
    return {
      action: 'stop',
      reason: `parameter ${parameters.missing.join(', ')} has neither a value nor a default. Give it a default in the app`,
    };
  }
  const template = fresh ? undefined : templateDifference(deployed.template, stack.template);
  const ship = (action: ShipVerdict['action'], reason: string): ShipVerdict => ({
    action,
    reason,
    parameters: parameters.values,
    templateDiffers: fresh || template !== undefined,
    revertsDrift: !fresh && drift !== undefined,
    protectionDiffers: deployed !== undefined && stack.terminationProtection !== deployed.terminationProtection,
  });
  if (deployed === undefined) return ship('create', 'it is not deployed yet');
  if (fresh) return ship('recreate', `it is in ${status}, left by a deployment that did not complete`);

  const reasons = [
    ...differences(stack, deployed, [...(template === undefined ? [] : [template]), ...parameters.differences]),
    ...outputsReadAnew(stack, deployed, updatedAt),
    ...(drift === undefined ? [] : [drift]),
  ];
  if (reasons.length === 0 && force) reasons.push('nothing differs, but --force is given');
  if (reasons.length === 0) return { action: 'unchanged', reason: 'it equals what is deployed' };
  return ship('update', reasons.join('; '));
}

/** @param content what differs in the template and in the values of its parameters. */
function differences(stack: AssembledStack, deployed: DeployedStack, content: readonly string[]): string[] {
  const topics = stack.notificationArns;
  return [
    ...(deployed.status.endsWith('_FAILED') ? [`it is in ${deployed.status}`] : []),
    ...content,
    ...(sameEntries(stack.tags, deployed.tags) ? [] : ['tags differ']),
    ...(stack.terminationProtection === deployed.terminationProtection
      ? []
      : [`termination protection ${stack.terminationProtection ? 'on' : 'off'}`]),
    ...(topics === undefined || sameList(topics, deployed.notificationArns) ? [] : ['notification topics differ']),
  ];
}

/**
 * `Fn::GetStackOutput` is resolved when the stack that has it is deployed, and nothing tells with what: the template stays
 * the same when the output's value changes. What was read from a stack that was updated since may be out of date.
 */
function outputsReadAnew(
  stack: AssembledStack,
  { lastUpdated }: DeployedStack,
  updatedAt: Circumstances['updatedAt'],
): string[] {
  const newer = stackOutputsReadBy(stack.template)
    .filter(({ stackName, region }) => (updatedAt(stackName, region) ?? '') > lastUpdated)
    .map(({ stackName }) => stackName);
  return [...new Set(newer)].map((stackName) => `it reads outputs of ${stackName}, which was updated after it`);
}

function sameEntries(wanted: Readonly<Record<string, string>>, deployed: Readonly<Record<string, string>>): boolean {
  // Tags with this prefix are AWS's own.
  const own = Object.entries(deployed).filter(([key]) => !key.startsWith('aws:'));
  return own.length === Object.keys(wanted).length && own.every(([key, value]) => wanted[key] === value);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}
