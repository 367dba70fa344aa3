import type { Event } from '../events/event';
import { templateOf } from '../testing/assembly-builder';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start({ a: {}, b: { after: ['a'] } });
  await rig.deploy();
  // From now on operations take their time.
  rig.aws.cloudFormation.pollsPerStep = 3;
});

afterEach(() => rig.stop());

/** Somebody else updates a stack to this version, and is not done yet. */
function begunByOthers(version: string): void {
  rig.aws.cloudFormation.shipBehind('a', templateOf('a', { version }));
  const stack = rig.aws.cloudFormation.stacks.get('a')!;
  expect(stack.status).toBe('UPDATE_IN_PROGRESS');
}

/** What was told of the stack between two of its beginnings. */
function toldBetween(first: string, second: string): Event[] {
  const begins = (verb: string) =>
    rig.events.findIndex((event) => event.type === 'stack-started' && event.verb === verb);
  return rig.events.slice(begins(first), begins(second));
}

test('a stack that would be unchanged is followed to the end of the operation, and only then judged', async () => {
  begunByOthers('2');
  rig.workspace.synthesize({ a: { version: '2' }, b: { after: ['a'] } });
  const report = await rig.deploy();
  expect(resultsOf(report)).toEqual({ a: 'unchanged', b: 'unchanged' });
  expect(rig.aws.changes).toEqual([]);
  expect(rig.aws.cloudFormation.stacks.get('a')?.status).toBe('UPDATE_COMPLETE');
});

test('a stack that has changed waits for the end of the operation, shows how far it is, and then ships', async () => {
  begunByOthers('2');
  rig.workspace.synthesize({ a: { version: '3' }, b: { after: ['a'] } });
  const report = await rig.deploy();
  expect(resultsOf(report)).toMatchObject({ a: 'updated' });
  expect(rig.aws.changes).toEqual(['UpdateStack a']);
  expect(toldBetween('following', 'updating')).toMatchObject([
    { type: 'stack-started', name: 'a', reason: 'another operation is running (UPDATE_IN_PROGRESS)' },
    { type: 'stack-progress', resource: 'a/Topic/Resource', status: 'UPDATE_IN_PROGRESS', done: 0 },
    { type: 'stack-progress', resource: 'a/Topic/Resource', status: 'UPDATE_COMPLETE', done: 1 },
  ]);
});

test('an operation that is being rolled back is waited for, too', async () => {
  rig.aws.cloudFormation.failing.set('aTopic', 'no');
  begunByOthers('2');
  const report = await rig.deploy();
  expect(resultsOf(report)).toEqual({ a: 'unchanged', b: 'unchanged' });
  expect(rig.aws.cloudFormation.stacks.get('a')?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('a run that is interrupted while it waits leaves the operation alone and says so', async () => {
  begunByOthers('2');
  rig.workspace.synthesize({ a: { version: '3' }, b: { after: ['a'] } });
  const interrupts = { stopping: false, detached: new Promise<void>(() => undefined) };
  const report = await rig.deploy(
    {},
    { interrupts, listener: (event) => (interrupts.stopping ||= event.type === 'stack-progress') },
  );
  expect(rowOf(report, 'a')).toMatchObject({ result: 'skipped' });
  expect(rowOf(report, 'a')?.reason).toContain('while it waited for another operation');
  expect(rig.aws.changes).toEqual([]);
});
