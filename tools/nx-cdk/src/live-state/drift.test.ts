import { driftText } from '../plan/drift-text';
import { hurry } from '../testing/hurry';
import { TestRig } from '../testing/test-rig';
import { AwsError } from '../testing/wire';
import { AwsLiveState } from './aws-live-state';

hurry();

let rig: TestRig;
const waits = { next: () => 1 };
const detect = (stack = 'alpha') => new AwsLiveState().drift(stack, { region: 'eu-west-1' }, waits);

beforeEach(async () => {
  rig = await TestRig.start({ alpha: { publishes: { key: 'value', other: 'value' } } });
  await rig.deploy();
});

afterEach(() => rig.stop());

test('a stack that nobody touched has no drift', async () => {
  const drift = await detect();
  expect(drift).toEqual({ drifted: [], unchecked: [], checked: 3 });
  expect(driftText(drift!)).toBeUndefined();
});

test('resources that were deleted and modified are told with their properties, over all pages', async () => {
  const { cloudFormation } = rig.aws;
  cloudFormation.pageSize = 1;
  cloudFormation.pollsPerStep = 2;
  cloudFormation.meddled.set('alphakey', 'deleted');
  cloudFormation.meddled.set('alphaTopic', { '/DisplayName': ['1', '2'] });
  const drift = await detect();
  expect(driftText(drift!)).toBe(
    "changed behind CloudFormation's back: alphaTopic modified (DisplayName is 2 instead of 1), alphakey deleted",
  );
  expect(drift).toMatchObject({ checked: 3, unchecked: [] });
});

test('text that somebody typed into a console is not told, since it may be a secret', async () => {
  rig.aws.cloudFormation.meddled.set('alphakey', { '/Value': ['value', 'hunter2'] });
  const drift = await detect();
  expect(JSON.stringify(drift)).not.toMatch(/hunter2|"value"/);
  expect(driftText(drift!)).toBe("changed behind CloudFormation's back: alphakey modified (Value changed)");
});

test('what CloudFormation cannot compare, or cannot read, counts as unchecked, not as in order', async () => {
  rig.aws.cloudFormation.incomparable.add('AWS::SNS::Topic');
  rig.aws.cloudFormation.meddled.set('alphaother', 'unreadable');
  expect(await detect()).toEqual({
    drifted: [],
    checked: 1,
    unchecked: [
      { logicalId: 'alphaTopic', type: 'AWS::SNS::Topic' },
      { logicalId: 'alphaother', type: 'AWS::SSM::Parameter' },
    ],
    problem: 'Failed to detect drift on resource [alphaother]',
  });
});

test('a stack that is not there has none, and one in no state to be compared says so', async () => {
  expect(await detect('beta')).toBeUndefined();
  rig.aws.cloudFormation.leave('alpha', 'ROLLBACK_COMPLETE');
  expect(await detect()).toMatchObject({ checked: 0, problem: expect.stringContaining('ROLLBACK_COMPLETE') });
});

test('throttling is waited out', async () => {
  let left = 3;
  rig.aws.fault = ({ action }) =>
    action === 'DescribeStackDriftDetectionStatus' && left-- > 0
      ? new AwsError(400, 'Throttling', 'Rate exceeded')
      : undefined;
  expect(await detect()).toMatchObject({ checked: 3 });
});
