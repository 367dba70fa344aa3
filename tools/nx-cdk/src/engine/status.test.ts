import { formatBase } from '../base/base-record';
import { statusText } from '../report/status-text';
import { TestRig } from '../testing/test-rig';
import { AwsError } from '../testing/wire';

const stacks = {
  network: { publishes: { vpcId: 'vpc-1' } },
  cart: { reads: ['/app/network/vpcId'], parameters: { ImageTag: 'initial' } },
};
let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start(stacks);
});
afterEach(() => rig.stop());

const nextOf = async (details = {}) =>
  Object.fromEntries((await rig.status({}, details)).stacks.map(({ name, next }) => [name, next.action]));

test('where nothing is deployed, every stack is told to be missing, and nothing is compared or changed', async () => {
  const status = await rig.status();
  expect(status).toMatchObject({ lock: null, deployedCommit: null, problems: [] });
  expect(status.stacks.map(({ status: state, next }) => [state, next.action])).toEqual([
    [null, 'create'],
    [null, 'create'],
  ]);
  expect(statusText(status)).toMatch(/network +not deployed +create/);
  expect(rig.aws.calls.map(({ action }) => action)).not.toContain('DetectStackDrift');
  expect(rig.aws.changes).toEqual([]);
});

test('after a deploy everything is as it should be, with the image that runs', async () => {
  await rig.deploy({ imageTag: 'v7' });
  const status = await rig.status();
  expect(status.stacks.map(({ name, imageTag, drift }) => [name, imageTag, drift?.changes])).toEqual([
    ['network', null, null],
    ['cart', 'v7', null],
  ]);
  expect(statusText(status)).toContain('Everything is as it should be.');
});

test('what a deploy would ship is what the deploy’s own plan says, SSM values included', async () => {
  await rig.deploy();
  rig.aws.parameters.set('/app/network/vpcId', 'vpc-2');
  const status = await rig.status();
  const { stacks: planned } = await rig.deploy({ dryRun: true });
  expect(planned.find(({ stackName }) => stackName === 'cart')!.reason).toContain('SSM /app/network/vpcId changed');
  expect(status.stacks.map(({ next }) => next)).toEqual([
    { action: 'unchanged', reason: expect.any(String) as string },
    { action: 'update', reason: 'SSM /app/network/vpcId changed' },
  ]);
  expect(await nextOf({ stacks: ['cart'] })).toEqual({ cart: 'update' });
});

test('what was changed behind CloudFormation’s back is told, and not asked for with --drift=false', async () => {
  await rig.deploy();
  rig.aws.cloudFormation.meddled.set('networkvpcId', 'deleted');
  const text = statusText(await rig.status());
  expect(text).toMatch(/network +CREATE_COMPLETE .*yes/);
  expect(text).toContain("network was changed behind CloudFormation's back: networkvpcId deleted");
  expect(text).not.toContain('as it should be');

  expect(statusText(await rig.status({ drift: 'false' }))).toContain('not asked');
  expect(rig.aws.calls.map(({ action }) => action)).not.toContain('DetectStackDrift');
});

test('a stack that cannot be compared hides nothing of the others', async () => {
  await rig.deploy();
  rig.aws.fault = ({ action, stack }) =>
    action === 'DetectStackDrift' && stack === 'cart'
      ? new AwsError(400, 'AccessDenied', 'no drift for you')
      : undefined;
  const status = await rig.status();
  expect(status.stacks.map(({ drift }) => drift?.problem)).toEqual([
    undefined,
    expect.stringMatching(/not allowed.*DetectStackDrift.*no drift for you/),
  ]);
  expect(statusText(status)).toMatch(/cart +CREATE_COMPLETE .*unknown/);
});

test('a lock is told with its owner and age, and the commits that were deployed', async () => {
  const lock = { id: 'x', owner: 'ann@laptop', host: null, pid: 5, processStart: null, commit: null };
  const since = new Date(Date.now() - 3 * 60_000).toISOString();
  rig.aws.parameters.set('/nx-cdk/app/test/lock', JSON.stringify({ ...lock, command: 'nx run app:deploy', since }));
  rig.aws.parameters.set('/nx-cdk/app/test/base', formatBase({ commit: 'a'.repeat(40), pending: [null] }));
  const status = await rig.status();
  expect(status.lock).toMatch(/^ann@laptop .*\(3 minutes\).*"nx run app:deploy"$/);
  expect(statusText(status)).toContain('commit  aaaaaaaaaaaa; begun since: files that no commit has');
});

test('what would make a deploy be refused is told, not thrown', async () => {
  rig.aws.parameters.delete('/cdk-bootstrap/hnb659fds/version');
  const status = await rig.status();
  expect(status.problems).toEqual([expect.stringContaining('is not bootstrapped')]);
  expect(statusText(status)).toContain('✖ A deploy would be refused: ');
});

test('throttling is waited out, and wrong options are refused before anything is asked', async () => {
  await rig.deploy();
  let throttled = false;
  rig.aws.fault = ({ action }) => {
    if (action !== 'DescribeStacks' || throttled) return undefined;
    throttled = true;
    return new AwsError(400, 'Throttling', 'Rate exceeded');
  };
  expect((await rig.status()).stacks).toHaveLength(2);
  expect(rig.events).toContainEqual({
    type: 'notice',
    text: expect.stringMatching(/DescribeStacks.*throttled, retrying/) as string,
  });
  await expect(rig.status({ jsno: true, drift: 'no' })).rejects.toThrow(/--jsno[^]*--drift=no must be true or false/);
  expect(rig.aws.calls).toEqual([]);
});
