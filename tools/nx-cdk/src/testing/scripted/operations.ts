import type { ResourceChange } from './changes';
import { enter, recordEvent, type ScriptedStack, type StackContent } from './scripted-stack';
import type { World } from './world';

const PUBLISHED = 'AWS::SSM::Parameter';

/** Creates or updates a stack; after a failure everything is as it was before. Each step ends with a `yield`. */
export function* deployment(
  stack: ScriptedStack,
  next: StackContent,
  changes: readonly ResourceChange[],
  world: World,
): Generator<void> {
  const verb = stack.status === 'REVIEW_IN_PROGRESS' ? 'CREATE' : 'UPDATE';
  if (verb === 'UPDATE') stack.updatedAt = new Date();
  enter(stack, `${verb}_IN_PROGRESS`, 'User Initiated');
  yield;

  const wanted = changes.filter(({ action }) => action !== 'Remove');
  const failed: string[] = [];
  for (const { action, logicalId, type } of wanted) {
    const doing = action === 'Add' ? 'CREATE' : 'UPDATE';
    recordEvent(stack, logicalId, type, `${doing}_IN_PROGRESS`);
    yield;
    const conflict = action === 'Add' ? world.nameConflict(stack, next.resources.get(logicalId)!) : undefined;
    const own = world.failing.get(logicalId) ?? conflict;
    const reason = own ?? (failed.length > 0 ? 'Resource creation cancelled' : undefined);
    if (own !== undefined) failed.push(logicalId);
    recordEvent(stack, logicalId, type, `${doing}_${reason === undefined ? 'COMPLETE' : 'FAILED'}`, reason);
    yield;
  }
  const conflict = world.exportConflict(stack, next.outputs);
  if (failed.length > 0) {
    const text = `The following resource(s) failed to ${verb.toLowerCase()}: [${failed.join(', ')}].`;
    return yield* rollback(stack, verb, text, wanted, world);
  }
  if (conflict !== undefined) return yield* rollback(stack, verb, conflict, wanted, world);

  for (const { logicalId, type } of changes.filter(({ action }) => action === 'Remove')) {
    recordEvent(stack, logicalId, type, 'DELETE_COMPLETE');
    yield;
  }
  publish(stack, next, changes, world);
  Object.assign(stack, next);
  enter(stack, `${verb}_COMPLETE`);
}

/** Tries once more to bring back what a failed update changed. */
export function* continuedRollback(stack: ScriptedStack, skipped: readonly string[], world: World): Generator<void> {
  const wanted = [...stack.resources]
    .filter(([id]) => world.failingRollback.has(id) && !skipped.includes(id))
    .map(([logicalId, { type }]) => ({ logicalId, type }));
  yield* rollback(stack, 'UPDATE', undefined, wanted, world);
}

/** Deletes a stack; what its template says, or the caller, is kept. */
export function* deletion(stack: ScriptedStack, kept: readonly string[], world: World): Generator<void> {
  enter(stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  yield;
  const conflict = world.exportConflict(stack, {});
  if (conflict !== undefined) return enter(stack, 'DELETE_FAILED', `Delete canceled. ${conflict}`);

  const failed: string[] = [];
  for (const [id, { type, attributes, properties }] of [...stack.resources].reverse()) {
    const reason = world.failingDeletion.get(id);
    if (kept.includes(id) || String(attributes['DeletionPolicy']).startsWith('Retain')) {
      recordEvent(stack, id, type, 'DELETE_SKIPPED');
    } else if (reason !== undefined) {
      failed.push(id);
      recordEvent(stack, id, type, 'DELETE_FAILED', reason);
    } else {
      recordEvent(stack, id, type, 'DELETE_COMPLETE');
      stack.resources.delete(id);
      if (type === PUBLISHED) world.ssm.delete(String(properties['Name']));
    }
    yield;
  }
  if (failed.length > 0) {
    return enter(stack, 'DELETE_FAILED', `The following resource(s) failed to delete: [${failed.join(', ')}].`);
  }
  enter(stack, 'DELETE_COMPLETE');
  world.deleted.set(stack.id, stack);
  world.stacks.delete(stack.name);
}

/** An operation that was running when the script began. */
export function* unknownOperation(stack: ScriptedStack, world: World): Generator<void> {
  yield;
  yield;
  yield;
  if (stack.status === 'DELETE_IN_PROGRESS') yield* deletion(stack, [], world);
  else enter(stack, stack.status.replace(/(_COMPLETE_CLEANUP)?_IN_PROGRESS$/, '_COMPLETE'));
}

function* rollback(
  stack: ScriptedStack,
  verb: 'CREATE' | 'UPDATE',
  reason: string | undefined,
  changed: readonly Pick<ResourceChange, 'logicalId' | 'type'>[],
  world: World,
): Generator<void> {
  const prefix = verb === 'CREATE' ? '' : 'UPDATE_';
  enter(stack, `${prefix}ROLLBACK_IN_PROGRESS`, reason);
  yield;
  const failed: string[] = [];
  for (const { logicalId, type } of changed) {
    const failure = world.failingRollback.get(logicalId);
    if (failure !== undefined) failed.push(logicalId);
    const doing = verb === 'CREATE' ? 'DELETE' : 'UPDATE';
    recordEvent(stack, logicalId, type, `${doing}_${failure === undefined ? 'COMPLETE' : 'FAILED'}`, failure);
    yield;
  }
  if (failed.length === 0) enter(stack, `${prefix}ROLLBACK_COMPLETE`);
  else enter(stack, `${prefix}ROLLBACK_FAILED`, `The following resource(s) failed: [${failed.join(', ')}].`);
}

function publish(stack: ScriptedStack, next: StackContent, changes: readonly ResourceChange[], { ssm }: World): void {
  for (const { logicalId } of changes.filter(({ type }) => type === PUBLISHED)) {
    const [before, after] = [stack, next].map(({ resources }) => resources.get(logicalId)?.properties);
    if (before) ssm.delete(String(before['Name']));
    if (after) ssm.set(String(after['Name']), String(after['Value']));
  }
}
