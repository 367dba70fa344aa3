import { AwsError } from '../wire';
import type { ScriptedStack } from './scripted-stack';

/** @throws AwsError when CloudFormation would not update a stack in its state. */
export function mustBeUpdatable({ id, status }: ScriptedStack): void {
  const settled = status.endsWith('_COMPLETE') && status !== 'ROLLBACK_COMPLETE';
  if (settled || status === 'UPDATE_FAILED') return;
  throw new AwsError(400, 'ValidationError', `Stack:${id} is in ${status} state and can not be updated.`);
}

/** @throws AwsError when CloudFormation would not delete a stack in its state. */
export function mustBeDeletable({ name, status, terminationProtection }: ScriptedStack): void {
  if (terminationProtection) {
    const text = `Stack [${name}] cannot be deleted while TerminationProtection is enabled`;
    throw new AwsError(400, 'ValidationError', text);
  }
  if (/^(UPDATE|ROLLBACK)_.*IN_PROGRESS$/.test(status)) {
    throw new AwsError(400, 'ValidationError', `Stack [${name}] cannot be deleted while in status ${status}`);
  }
}

/** @throws AwsError unless the stack is in one of these states. */
export function mustBeIn({ id, status }: ScriptedStack, states: readonly string[], action: string): void {
  if (states.includes(status)) return;
  throw new AwsError(400, 'ValidationError', `Stack:${id} is in ${status} state and can not ${action}.`);
}
