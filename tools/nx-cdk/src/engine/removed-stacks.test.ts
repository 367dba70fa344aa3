import type { StackSketch } from '../testing/assembly-builder';
import { scriptedS3 } from '../testing/scripted/scripted-services';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';

/** The load balancer reads what the certificate publishes, which reads what the zone publishes. */
const WITH_SSL: Record<string, StackSketch> = {
  'shop-test-zone': { publishes: { id: 'Z1' }, exports: { id: 'Z1' } },
  'shop-test-cert': {
    after: ['shop-test-zone'],
    reads: ['/app/shop-test-zone/id'],
    publishes: { arn: 'arn:1' },
  },
  'shop-test-alb': { after: ['shop-test-cert'], reads: ['/app/shop-test-cert/arn'] },
};
const WITHOUT_SSL: Record<string, StackSketch> = { 'shop-test-alb': { version: '2' } };
const BOTH = 'shop-test-zone,shop-test-cert';

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start(WITH_SSL);
  rig.workspace.stackName = 'shop-{environment}-{stack}';
  await rig.deploy();
  rig.workspace.synthesize(WITHOUT_SSL);
});

afterEach(() => rig.stop());

/** The deletions of the last run. */
const deleted = () => rig.aws.changes.filter((change) => change.startsWith('DeleteStack'));

describe('a deploy', () => {
  test('tells of stacks that are no longer part of the app, and leaves them alone', async () => {
    const report = await rig.deploy();
    expect(resultsOf(report)).toEqual({
      'shop-test-alb': 'updated',
      'shop-test-cert': 'excluded',
      'shop-test-zone': 'excluded',
    });
    expect(report.ok).toBe(true);
    expect(rowOf(report, 'shop-test-zone')?.reason).toContain('--allowDestructive=shop-test-zone');
    expect(report.notices).toContainEqual(
      expect.stringMatching(/no longer part of the app: .*--allowDestructive=shop-test-/),
    );
    expect(deleted()).toEqual([]);
  });

  test('deletes those that are allowed after everything else shipped, dependents first', async () => {
    const report = await rig.deploy({ allowDestructive: BOTH });
    expect(resultsOf(report)).toEqual({
      'shop-test-alb': 'updated',
      'shop-test-cert': 'destroyed',
      'shop-test-zone': 'destroyed',
    });
    expect(rig.started).toEqual(['shop-test-alb', 'shop-test-cert', 'shop-test-zone']);
    const planned = rig.events.find((event) => event.type === 'planned');
    expect(planned?.stacks).toContainEqual({
      name: 'shop-test-zone',
      action: 'delete',
      reason: 'it is no longer part of the app',
      needs: ['shop-test-alb', 'shop-test-cert'],
    });
    expect(rig.events).toContainEqual(
      expect.objectContaining({
        type: 'stack-progress',
        name: 'shop-test-zone',
        resource: 'shop-test-zone/Topic/Resource',
      }),
    );
    expect(resultsOf(await rig.deploy())).toEqual({ 'shop-test-alb': 'unchanged' });
  });

  test('deletes them also when nothing else differs, under the lock', async () => {
    await rig.deploy();
    await rig.deploy({ allowDestructive: BOTH });
    expect(rig.aws.changes).toEqual(['DeleteStack shop-test-cert', 'DeleteStack shop-test-zone']);
    expect(rig.aws.calls.map(({ action }) => action)).toContain('PutParameter');
  });

  test('keeps them when something else could not be shipped', async () => {
    rig.workspace.synthesize({ ...WITHOUT_SSL, 'shop-test-other': {} });
    rig.aws.cloudFormation.failing.set('shop-test-otherTopic', 'no');
    const report = await rig.deploy({ allowDestructive: BOTH });
    expect(resultsOf(report)).toEqual({
      'shop-test-alb': 'updated',
      'shop-test-other': 'failed',
      'shop-test-cert': 'blocked',
      'shop-test-zone': 'blocked',
    });
    expect(rowOf(report, 'shop-test-zone')?.reason).toBe('not everything else has shipped');
    expect(deleted()).toEqual([]);
  });

  test('keeps one that a stack of the app, which was not selected, still reads as it is deployed', async () => {
    rig.workspace.synthesize({ ...WITHOUT_SSL, 'shop-test-other': {} });
    const report = await rig.deploy({ allowDestructive: BOTH }, { stacks: ['shop-test-other'] });
    expect(resultsOf(report)).toMatchObject({
      'shop-test-alb': 'excluded',
      'shop-test-cert': 'blocked',
      'shop-test-zone': 'blocked',
      'shop-test-other': 'created',
    });
    expect(rowOf(report, 'shop-test-zone')?.reason).toBe('shop-test-alb still needs it');
    expect(deleted()).toEqual([]);
  });

  test('is refused when one that is to go is needed by one that is to stay, or is protected', async () => {
    rig.aws.cloudFormation.stacks.get('shop-test-zone')!.terminationProtection = true;
    const { problems } = await rig.deploy({ allowDestructive: 'shop-test-zone' });
    expect(problems).toEqual([
      'shop-test-zone must not be deleted: shop-test-cert still needs it.',
      expect.stringMatching(/^shop-test-zone has termination protection\. Run: aws cloudformation/),
    ]);
    expect(rig.aws.changes).toEqual([]);
  });

  test('says in a dry run what it would delete', async () => {
    const report = await rig.deploy({ allowDestructive: BOTH, dryRun: true });
    expect(rowOf(report, 'shop-test-zone')).toMatchObject({
      result: 'skipped',
      reason: expect.stringContaining('dry run, would delete') as string,
    });
    expect(report.ok).toBe(true);
    expect(rig.aws.changes).toEqual([]);
  });

  test('is refused with a name that is no stack', async () => {
    expect((await rig.deploy({ allowDestructive: 'shop-test-gone' })).problems).toEqual([
      expect.stringContaining('--allowDestructive=shop-test-gone names nothing'),
    ]);
  });

  test('tells why one could not be deleted, and the next run tries again', async () => {
    rig.aws.cloudFormation.failingDeletion.set('shop-test-zoneTopic', 'in use');
    const report = await rig.deploy({ allowDestructive: BOTH });
    expect(rowOf(report, 'shop-test-zone')).toMatchObject({
      result: 'failed',
      error: 'shop-test-zone/Topic/Resource (AWS::SNS::Topic): in use',
    });
    rig.aws.cloudFormation.failingDeletion.clear();
    expect(resultsOf(await rig.deploy({ allowDestructive: 'shop-test-zone' }))).toMatchObject({
      'shop-test-zone': 'destroyed',
    });
  });
});

test('a bootstrap that is named like the app is not taken for one of its stacks', async () => {
  const Resources = { CdkBootstrapVersion: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/b', Value: '1' } } };
  rig.aws.cloudFormation.shipBehind('shop-test-toolkit', { Resources });
  expect(resultsOf(await rig.deploy())).not.toHaveProperty('shop-test-toolkit');
});

describe('a destroy', () => {
  test('tells of stacks that are no longer part of the app, and takes along those that are allowed', async () => {
    await rig.deploy();
    const report = await rig.destroy({ confirm: 'test', allowDestructive: 'shop-test-cert' });
    expect(resultsOf(report)).toEqual({
      'shop-test-alb': 'destroyed',
      'shop-test-cert': 'destroyed',
      'shop-test-zone': 'excluded',
    });
    expect(report.leftovers).toEqual([
      {
        stackName: 'shop-test-zone',
        logicalId: 'shop-test-zone',
        type: 'AWS::CloudFormation::Stack',
        physicalId: expect.stringContaining('stack/shop-test-zone/') as string,
        why: expect.stringContaining('--allowDestructive=shop-test-zone') as string,
      },
    ]);
  });

  test('deletes them in the order in which they are deployed, before what they use', async () => {
    const report = await rig.destroy({ confirm: 'test', allowDestructive: BOTH, concurrency: 1 });
    expect(report.ok).toBe(true);
    expect(rig.started).toEqual(['shop-test-alb', 'shop-test-cert', 'shop-test-zone']);
    expect(report.leftovers).toBeUndefined();
  });

  test('is refused where one that stays needs a stack that goes, with the names to allow', async () => {
    rig.workspace.synthesize({ 'shop-test-zone': WITH_SSL['shop-test-zone']! });
    expect((await rig.destroy({ confirm: 'test' })).problems).toEqual([
      expect.stringMatching(
        /^shop-test-zone is still needed by shop-test-cert\..*--allowDestructive=shop-test-cert\.$/,
      ),
    ]);
  });

  test('of the very stack is refused until it is named as one that is no longer part of the app', async () => {
    await rig.deploy();
    const refused = await rig.destroy({ confirm: 'test' }, { stacks: ['cert'] });
    expect(refused.problems).toEqual([expect.stringContaining('add --allowDestructive=shop-test-cert')]);
    const allowed = { confirm: 'test', allowDestructive: 'shop-test-cert' };
    expect(resultsOf(await rig.destroy(allowed, { stacks: ['cert'] }))).toMatchObject({
      'shop-test-alb': 'excluded',
      'shop-test-cert': 'destroyed',
    });
  });

  test('is refused with a name that is neither the environment nor such a stack, and with a full bucket in one', async () => {
    rig.aws.cloudFormation.shipBehind('shop-test-files', { Resources: { Full: { Type: 'AWS::S3::Bucket' } } });
    rig.aws.services.set('s3', scriptedS3(new Set(['physical-Full'])));
    const names = `test,shop-test-alb,${BOTH},shop-test-files`;
    expect((await rig.destroy({ confirm: 'test', allowDestructive: names })).problems).toEqual([
      expect.stringContaining('--allowDestructive=shop-test-alb names neither'),
      expect.stringContaining('shop-test-files: Full (AWS::S3::Bucket physical-Full) is not empty'),
    ]);
    expect(rig.aws.changes).toEqual([]);
  });
});
