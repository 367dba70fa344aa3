import { resultsOf, rowOf, TestRig } from '../testing/test-rig';
import { AwsError } from '../testing/wire';

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start({ a: {}, b: { after: ['a'] }, c: { after: ['b'], phase: 'late' }, d: {} });
  for (const name of ['a', 'b', 'c', 'd']) rig.aws.cloudFormation.leave(name, 'CREATE_COMPLETE');
});

afterEach(() => rig.stop());

test('stacks are deleted one after the other in exactly the reverse order, and a second run finds nothing', async () => {
  expect(resultsOf(await rig.destroy({ confirm: 'test' }))).toEqual({
    a: 'destroyed',
    b: 'destroyed',
    c: 'destroyed',
    d: 'destroyed',
  });
  expect(rig.aws.changes).toEqual(['DeleteStack c', 'DeleteStack d', 'DeleteStack b', 'DeleteStack a']);
  expect(resultsOf(await rig.destroy({ confirm: 'test' }))).toEqual({
    a: 'absent',
    b: 'absent',
    c: 'absent',
    d: 'absent',
  });
});

test.each([undefined, 'Test', 'production', ''])(
  '--confirm=%s is refused, and the name to type is named',
  async (confirm) => {
    const report = await rig.destroy({ confirm });
    expect(report.problems).toEqual([expect.stringContaining('add --confirm=test')]);
    expect(rig.aws.calls).toEqual([]);
  },
);

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

test('what a stack that could not be deleted needs is blocked, the others go', async () => {
  rig.aws.fault = ({ action, stack }) =>
    action === 'DeleteStack' && stack === 'b'
      ? new AwsError(400, 'ValidationError', 'termination protection')
      : undefined;
  const report = await rig.destroy({ confirm: 'test' });
  expect(resultsOf(report)).toEqual({ a: 'blocked', b: 'failed', c: 'destroyed', d: 'destroyed' });
  expect(rowOf(report, 'b')?.error).toContain('termination protection');
});

test('a protected environment needs its name a second time', async () => {
  const report = await rig.destroy({ confirm: 'production', concurrency: 'many' }, { environment: 'production' });
  expect(report.problems).toEqual(
    expect.arrayContaining([
      expect.stringContaining('--concurrency=many'),
      expect.stringContaining('add --allowDestructive=production'),
    ]),
  );
  expect(rig.aws.calls).toEqual([]);
});
