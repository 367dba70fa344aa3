import { resultsOf, rowOf, TestRig } from '../testing/test-rig';

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start({ a: {}, b: { after: ['a'] }, c: {} });
  rig.aws.parameters.set('/cdk-bootstrap/hnb659fds/version', '30');
  await rig.deploy();
  rig.workspace.synthesize({ a: { version: '2' }, b: { after: ['a'] }, c: {} });
  rig.aws.cloudFormation.failing.set('aTopic', 'no');
  rig.aws.cloudFormation.failingRollback.set('aTopic', 'still no');
  await rig.deploy();
  expect(rig.aws.cloudFormation.stacks.get('a')?.status).toBe('UPDATE_ROLLBACK_FAILED');
});

afterEach(() => rig.stop());

test('a deploy leaves a stack whose rollback failed alone, and names the commands that help', async () => {
  const report = await rig.deploy();
  expect(resultsOf(report)).toEqual({ a: 'failed', b: 'blocked', c: 'unchanged' });
  expect(rowOf(report, 'a')?.error).toMatch(
    /aTopic \(AWS::SNS::Topic\): still no[^]*npx nx run a-stack:rollback --configuration=test[^]*--skipResources=aTopic/,
  );
  expect(rig.aws.changes).toEqual([]);
});

test('once the cause is mended the rollback is continued, and a deploy then ships what it was about', async () => {
  rig.aws.cloudFormation.failing.clear();
  rig.aws.cloudFormation.failingRollback.clear();
  const report = await rig.rollback();
  expect(resultsOf(report)).toEqual({ a: 'updated', b: 'unchanged', c: 'unchanged' });
  expect(rowOf(report, 'a')?.reason).toBe('rolled back, it was in UPDATE_ROLLBACK_FAILED');
  expect(rig.aws.cloudFormation.stacks.get('a')?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(resultsOf(await rig.deploy())).toMatchObject({ a: 'updated' });
});

test('a rollback that fails again says so, and changes nothing else', async () => {
  const report = await rig.rollback();
  expect(resultsOf(report)).toMatchObject({ a: 'failed', b: 'unchanged' });
  expect(rowOf(report, 'a')?.error).toContain('aTopic (AWS::SNS::Topic): still no');
  expect(report.ok).toBe(false);
});

test('resources that cannot be mended are left as they are', async () => {
  const report = await rig.rollback({ skipResources: 'aTopic' });
  expect(rowOf(report, 'a')).toMatchObject({
    result: 'updated',
    reason: 'rolled back, it was in UPDATE_ROLLBACK_FAILED; left as they are: aTopic',
  });
});

test('a resource that did not fail cannot be skipped: the failed ones are named', async () => {
  const report = await rig.rollback({ skipResources: 'bTopic,' });
  expect(report.problems).toEqual([expect.stringContaining('names separated by commas')]);
  expect((await rig.rollback({ skipResources: 'bTopic' })).problems).toEqual([
    expect.stringMatching(/bTopic names no failed resource.*There are: aTopic/),
  ]);
  expect(rig.aws.changes).toEqual([]);
});

test('nothing needs a rollback: nothing happens, and that is no failure', async () => {
  const report = await rig.rollback({}, { stacks: ['c'] });
  expect(resultsOf(report)).toEqual({ a: 'excluded', b: 'excluded', c: 'unchanged' });
  expect(report.ok).toBe(true);
});
