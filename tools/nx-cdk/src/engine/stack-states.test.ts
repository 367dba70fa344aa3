import { templateOf } from '../testing/assembly-builder';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start({ a: {} });
});

afterEach(() => rig.stop());

const planned = () => rig.events.find((event) => event.type === 'planned')?.stacks[0];

test.each(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'REVIEW_IN_PROGRESS', 'CREATE_FAILED', 'DELETE_FAILED'])(
  'a stack that a deployment left in %s before it was ever complete is deleted and created, after saying so',
  async (status) => {
    rig.aws.cloudFormation.leave('a', status);
    const report = await rig.deploy();
    expect(planned()).toMatchObject({ action: 'recreate', reason: expect.stringContaining(status) as string });
    expect(rowOf(report, 'a')).toMatchObject({ result: 'created', reason: expect.stringContaining(status) as string });
    expect(rig.aws.changes).toEqual(['DeleteStack a', 'CreateStack a']);
    expect(rig.aws.cloudFormation.stacks.get('a')?.status).toBe('CREATE_COMPLETE');
  },
);

test('a real failed creation is such a one: run again, it is created anew', async () => {
  rig.aws.cloudFormation.failing.set('aTopic', 'no');
  expect(resultsOf(await rig.deploy())).toEqual({ a: 'failed' });
  expect(rig.aws.cloudFormation.stacks.get('a')?.status).toBe('ROLLBACK_COMPLETE');
  rig.aws.cloudFormation.failing.clear();
  expect(resultsOf(await rig.deploy())).toEqual({ a: 'created' });
});

test('one whose update was rolled back is what it was before: it ships what differs, and only that', async () => {
  await rig.deploy();
  rig.aws.cloudFormation.failing.set('aTopic', 'no');
  rig.workspace.synthesize({ a: { version: '2' } });
  await rig.deploy();
  expect(rig.aws.cloudFormation.stacks.get('a')?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  rig.aws.cloudFormation.failing.clear();
  rig.workspace.synthesize({ a: {} });
  expect(resultsOf(await rig.deploy())).toEqual({ a: 'unchanged' });
  rig.workspace.synthesize({ a: { version: '2' } });
  expect(resultsOf(await rig.deploy())).toEqual({ a: 'updated' });
});

test('one that cannot be deleted to be created anew fails with the reason, and is not created over', async () => {
  rig.aws.cloudFormation.shipBehind('a', templateOf('a', {}));
  rig.aws.cloudFormation.leave('a', 'DELETE_FAILED');
  rig.aws.cloudFormation.failingDeletion.set('aTopic', 'it is cursed');
  const report = await rig.deploy();
  expect(rowOf(report, 'a')).toMatchObject({ result: 'failed', error: expect.stringContaining('cursed') as string });
  expect(rig.aws.changes).toEqual(['DeleteStack a']);
});

test('one that a person is deleting is waited for, and created when it is gone', async () => {
  await rig.deploy();
  rig.aws.cloudFormation.leave('a', 'DELETE_IN_PROGRESS');
  const report = await rig.deploy();
  expect(resultsOf(report)).toEqual({ a: 'created' });
  expect(rig.aws.changes).toEqual(['CreateStack a']);
});
