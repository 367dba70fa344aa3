import type { Event } from '../events/event';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';
import { AwsError } from '../testing/wire';

let rig: TestRig;

/** b needs a, c needs b; d stands alone. */
beforeEach(async () => {
  rig = await TestRig.start({ a: {}, b: { after: ['a'] }, c: { after: ['b'], phase: 'late' }, d: {} });
  for (const name of ['a', 'b', 'c', 'd']) rig.aws.cloudFormation.leave(name, 'CREATE_COMPLETE');
});

afterEach(() => rig.stop());

/** Beginnings and ends of the deletions, in order, e.g. `+c`, `-c`. */
const steps = (events: readonly Event[]) =>
  events.flatMap((event) => {
    if (event.type === 'stack-started') return [`+${event.name}`];
    return event.type === 'stack-finished' ? [`-${event.name}`] : [];
  });

describe('order', () => {
  test('with --concurrency=1 stacks are deleted in exactly the reverse order, and a second run finds nothing', async () => {
    rig.aws.cloudFormation.pollsPerStep = 1;
    expect(resultsOf(await rig.destroy({ confirm: 'test', concurrency: 1 }))).toEqual({
      a: 'destroyed',
      b: 'destroyed',
      c: 'destroyed',
      d: 'destroyed',
    });
    expect(steps(rig.events)).toEqual(['+c', '-c', '+d', '-d', '+b', '-b', '+a', '-a']);
    expect(resultsOf(await rig.destroy({ confirm: 'test' }))).toEqual({
      a: 'absent',
      b: 'absent',
      c: 'absent',
      d: 'absent',
    });
  });

  test('independent branches go at once, and never a stack before those that need it', async () => {
    rig.aws.cloudFormation.pollsPerStep = 1;
    await rig.destroy({ confirm: 'test' });
    const order = steps(rig.events);
    expect(order.slice(0, 2)).toEqual(['+c', '+d']);
    expect(order.filter((step) => /[abc]/.test(step))).toEqual(['+c', '-c', '+b', '-b', '+a', '-a']);
  });

  test('what is deployed decides, where the app has other references now', async () => {
    rig.workspace.synthesize({ a: { exports: { key: 'one' } }, b: { imports: ['a:key'], after: ['a'] } });
    rig.aws.cloudFormation.stacks.clear();
    await rig.deploy();
    rig.workspace.synthesize({ a: { after: ['b'] }, b: {} });
    rig.aws.cloudFormation.pollsPerStep = 1;
    await rig.destroy({ confirm: 'test' });
    expect(steps(rig.events)).toEqual(['+b', '-b', '+a', '-a']);
  });

  test('what a stack that could not be deleted needs is blocked, the others go', async () => {
    rig.aws.fault = ({ action, stack }) =>
      action === 'DeleteStack' && stack === 'b'
        ? new AwsError(400, 'ValidationError', 'termination protection')
        : undefined;
    const report = await rig.destroy({ confirm: 'test' });
    expect(resultsOf(report)).toEqual({ a: 'blocked', b: 'failed', c: 'destroyed', d: 'destroyed' });
    expect(rowOf(report, 'b')?.error).toContain('termination protection');
  });
});

describe('confirmation, before any call', () => {
  test.each([undefined, 'Test', 'production', ''])(
    '--confirm=%s is refused, and the name to type is named',
    async (confirm) => {
      const report = await rig.destroy({ confirm });
      expect(report.problems).toEqual([expect.stringContaining('add --confirm=test')]);
      expect(rig.aws.calls).toEqual([]);
    },
  );

  test('a protected environment needs its name a second time', async () => {
    const report = await rig.destroy({ confirm: 'production', concurrency: 'many' }, { environment: 'production' });
    expect(report.problems).toEqual(
      expect.arrayContaining([
        expect.stringContaining('--concurrency=many'),
        expect.stringContaining('add --allowDestructive=production'),
      ]),
    );
    expect(rig.aws.calls).toEqual([]);
    const allowed = { confirm: 'production', allowDestructive: 'production' };
    expect((await rig.destroy(allowed, { environment: 'production' })).ok).toBe(true);
  });
});

describe('single stacks', () => {
  test('a stack that others need is refused while they are deployed, and goes together with them', async () => {
    expect((await rig.destroy({ confirm: 'test' }, { stacks: ['a'] })).problems).toEqual([
      expect.stringMatching(/^a is still needed by b, c/),
    ]);
    expect(rig.aws.changes).toEqual([]);
    expect(resultsOf(await rig.destroy({ confirm: 'test' }, { stacks: ['a', 'b', 'c'] }))).toMatchObject({
      a: 'destroyed',
      d: 'excluded',
    });
  });
});

describe('running it again', () => {
  test('tries a stack again that could not be deleted, and goes on', async () => {
    await rig.deploy({ force: true });
    rig.aws.cloudFormation.failingDeletion.set('bTopic', 'in use');
    const failed = await rig.destroy({ confirm: 'test' });
    expect(resultsOf(failed)).toMatchObject({ a: 'blocked', b: 'failed' });
    expect(rowOf(failed, 'b')?.error).toContain('in use');
    expect(rig.aws.cloudFormation.stacks.get('b')?.status).toBe('DELETE_FAILED');

    rig.aws.cloudFormation.failingDeletion.clear();
    const again = await rig.destroy({ confirm: 'test' });
    expect(resultsOf(again)).toEqual({ a: 'destroyed', b: 'destroyed', c: 'absent', d: 'absent' });
    expect(again.ok).toBe(true);
  });

  test('follows a deletion that is still running, and does not ask for it twice', async () => {
    rig.aws.cloudFormation.leave('c', 'DELETE_IN_PROGRESS');
    const report = await rig.destroy({ confirm: 'test' });
    expect(rowOf(report, 'c')).toMatchObject({ result: 'destroyed', reason: 'its deletion was already running' });
    expect(rig.aws.changes).not.toContain('DeleteStack c');
    expect(rowOf(report, 'a')).toMatchObject({ result: 'destroyed' });
  });

  test('after an interrupt while it followed another operation deletes nothing more', async () => {
    rig.aws.cloudFormation.pollsPerStep = 5;
    rig.aws.cloudFormation.leave('c', 'UPDATE_IN_PROGRESS');
    const interrupts = { stopping: false, detached: new Promise<void>(() => undefined) };
    const listener = (event: Event) => {
      interrupts.stopping ||= event.type === 'stack-started' && event.name === 'c';
    };
    const report = await rig.destroy({ confirm: 'test', concurrency: 1 }, { interrupts, listener });
    expect(rowOf(report, 'c')).toMatchObject({ result: 'skipped' });
    expect(rig.aws.changes).toEqual([]);
  });
});

describe('the lock, and the record of the deployed commit', () => {
  const lock = '/nx-cdk/app/test/lock';

  test('a destroy holds the lock while it works, and not when there is nothing to do', async () => {
    const held: boolean[] = [];
    await rig.destroy(
      { confirm: 'test' },
      { listener: ({ type }) => type === 'stack-started' && held.push(rig.aws.parameters.has(lock)) },
    );
    expect(new Set(held)).toEqual(new Set([true]));
    expect(rig.aws.parameters.has(lock)).toBe(false);
    await rig.destroy({ confirm: 'test' });
    expect(rig.aws.calls.map(({ action }) => action)).not.toContain('PutParameter');
  });

  test('the record goes with the last stack, not before', async () => {
    const base = '/nx-cdk/app/test/base';
    rig.aws.parameters.set(base, JSON.stringify({ commit: 'abc', pending: [] }));
    await rig.destroy({ confirm: 'test' }, { stacks: ['d'] });
    expect(rig.aws.parameters.has(base)).toBe(true);
    await rig.destroy({ confirm: 'test' });
    expect(rig.aws.parameters.has(base)).toBe(false);
  });
});
