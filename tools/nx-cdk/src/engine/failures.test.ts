import { CHAIN_AND_LONER } from '../testing/sample-apps';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start(CHAIN_AND_LONER);
});

afterEach(() => rig.stop());

describe('failures', () => {
  test('independent stacks finish, dependents are blocked by name, and a later run continues', async () => {
    rig.aws.cloudFormation.failing.set('bTopic', 'the topic is cursed');
    const report = await rig.deploy();
    expect(resultsOf(report)).toEqual({ a: 'created', b: 'failed', c: 'blocked', d: 'created', e: 'blocked' });
    expect(rowOf(report, 'c')?.reason).toBe('it needs b');
    expect(rowOf(report, 'b')?.error).toBe('b/Topic/Resource (AWS::SNS::Topic): the topic is cursed');
    expect(report.ok).toBe(false);

    rig.aws.cloudFormation.failing.clear();
    expect(resultsOf(await rig.deploy())).toEqual({
      a: 'unchanged',
      b: 'created',
      c: 'created',
      d: 'unchanged',
      e: 'created',
    });
  });

  test('--continueOnError=false starts nothing more after a failure', async () => {
    rig.aws.cloudFormation.failing.set('aTopic', 'no');
    const report = await rig.deploy({ continueOnError: 'false', concurrency: 1 });
    expect(resultsOf(report)).toMatchObject({ a: 'failed', b: 'blocked', d: 'skipped' });
  });

  test('UPDATE_ROLLBACK_FAILED stops the stack, naming the failed resources and the way out', async () => {
    await rig.deploy();
    const stack = rig.aws.cloudFormation.stacks.get('d')!;
    stack.events = [
      {
        LogicalResourceId: 'dTopic',
        ResourceType: 'AWS::SNS::Topic',
        ResourceStatus: 'UPDATE_FAILED',
        ResourceStatusReason: 'gone',
      },
    ];
    rig.aws.cloudFormation.leave('d', 'UPDATE_ROLLBACK_FAILED');
    const report = await rig.deploy();
    const d = rowOf(report, 'd');
    expect(d).toMatchObject({ result: 'failed', reason: expect.stringContaining('UPDATE_ROLLBACK_FAILED') as string });
    expect(d?.error).toMatch(/dTopic \(AWS::SNS::Topic\): gone[^]*nx run d-stack:rollback[^]*--skipResources=dTopic/);
    expect(rig.aws.changes).toEqual([]);
  });
});

describe('refusals, before any call that changes something', () => {
  test('every wrong option in one message, without a single call', async () => {
    const report = await rig.deploy({ imageTag: '-x', concurrency: 0, unknown: true });
    expect(report.problems).toHaveLength(3);
    expect(rig.aws.calls).toEqual([]);
  });

  test('an image tag that no stack takes, or none that is selected', async () => {
    expect((await rig.deploy({ imageTag: 'v1' }, { stacks: ['d'] })).problems).toEqual([
      expect.stringContaining('is for e'),
    ]);
    rig.workspace.synthesize({ a: {} });
    expect((await rig.deploy({ imageTag: 'v1' })).problems).toEqual([expect.stringContaining('has no use')]);
  });
});

describe('interrupts', () => {
  test('the first one starts nothing more and lets finish what runs', async () => {
    const interrupts = { stopping: false, detached: new Promise<void>(() => undefined) };
    const report = await rig.deploy(
      {},
      { interrupts, listener: ({ type }) => (interrupts.stopping ||= type === 'stack-started') },
    );
    expect(resultsOf(report)).toMatchObject({ a: 'created', b: 'skipped', c: 'skipped' });
    expect(report.ok).toBe(false);
  });

  test('the second one does not wait, and the report says how to go on', async () => {
    let detach = () => undefined as void;
    const interrupts = { stopping: false, detached: new Promise<void>((resolve) => (detach = resolve)) };
    const report = await rig.deploy(
      { concurrency: 1 },
      {
        interrupts,
        listener: ({ type }) => {
          if (type !== 'stack-started') return;
          interrupts.stopping = true;
          detach();
        },
      },
    );
    expect(rowOf(report, 'a')).toMatchObject({
      result: 'failed',
      reason: expect.stringContaining('run the same command again to follow it') as string,
    });
  });
});
