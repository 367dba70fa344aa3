import { ScriptedSsm } from '../testing/scripted/scripted-ssm';
import { resultsOf, TestRig } from '../testing/test-rig';
import { AwsError } from '../testing/wire';

let rig: TestRig;

const start = async (sketches: Parameters<typeof TestRig.start>[0]) => {
  rig = await TestRig.start(sketches);
};

afterEach(async () => {
  expect(rig.aws.changes).toEqual([]);
  await rig.stop();
});

const BOOTSTRAP = '/cdk-bootstrap/hnb659fds/version';

test('stacks of another account are refused, naming both accounts and the environment', async () => {
  await start({ a: { account: '999999999999' }, b: {} });
  const report = await rig.deploy();
  expect(report.ok).toBe(false);
  expect(resultsOf(report)).toEqual({ a: 'skipped', b: 'skipped' });
  expect(report.problems).toEqual([
    expect.stringMatching(/for account 123456789012 .*, but test is in account 999999999999/),
  ]);
});

test('stacks without an explicit account and region are refused, all of them, without asking AWS', async () => {
  const anywhere = { account: 'unknown-account', region: 'unknown-region' };
  await start({ a: anywhere, b: { account: 'unknown-account' }, c: {} });
  expect((await rig.deploy()).problems).toEqual([
    expect.stringMatching(/^Stack a has no explicit account and region/),
    expect.stringMatching(/^Stack b has no explicit account and region/),
  ]);
  expect(rig.aws.calls).toEqual([]);
});

test('a region that is not enabled is named as one possible cause, with the call that failed', async () => {
  await start({ a: { region: 'af-south-1' } });
  rig.aws.fault = ({ region }) =>
    region === 'af-south-1'
      ? new AwsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid')
      : undefined;
  expect((await rig.deploy()).problems).toEqual([
    expect.stringMatching(/not enabled for the account.*\(STS GetCallerIdentity in af-south-1: The security token/),
  ]);
});

test('a place that is bootstrapped only in another region is refused with the command that bootstraps it', async () => {
  await start({ a: {}, b: { region: 'us-east-1' } });
  rig.aws.ssmElsewhere.set('us-east-1', new ScriptedSsm());
  expect((await rig.deploy()).problems).toEqual([
    expect.stringMatching(
      /^aws:\/\/123456789012\/us-east-1 is not bootstrapped.*cdk bootstrap aws:\/\/123456789012\/us-east-1/,
    ),
  ]);
});

test('every place that is bootstrapped too long ago is named in one message', async () => {
  await start({ a: {}, b: { region: 'us-east-1' } });
  rig.aws.parameters.set(BOOTSTRAP, '5');
  rig.aws.ssmElsewhere.set('us-east-1', new ScriptedSsm(new Map([[BOOTSTRAP, '4']])));
  expect((await rig.deploy()).problems).toEqual([
    expect.stringMatching(/eu-west-1 has bootstrap version 5, but the app needs 6/),
    expect.stringMatching(/us-east-1 has bootstrap version 4, but the app needs 6/),
  ]);
});

test('a bootstrap that must not be read is refused as that, not as missing', async () => {
  await start({ a: {} });
  rig.aws.fault = ({ action }) =>
    action === 'GetParameters'
      ? new AwsError(400, 'AccessDeniedException', `not authorized to perform: ssm:GetParameters on ${BOOTSTRAP}`)
      : undefined;
  expect((await rig.deploy()).problems).toEqual([
    expect.stringMatching(/not allowed to do this\. \(SSM GetParameters in eu-west-1: not authorized.*cdk-bootstrap/),
  ]);
});
