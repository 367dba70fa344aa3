import { hurry } from '../testing/hurry';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';

hurry();

let rig: TestRig;
const notices = () => rig.events.filter((event) => event.type === 'notice').map(({ text }) => text);

beforeEach(async () => {
  rig = await TestRig.start({
    producer: { publishes: { key: 'value' } },
    consumer: { reads: ['/app/producer/key'] },
    other: {},
  });
  await rig.deploy();
});

afterEach(() => rig.stop());

test('what was changed behind CloudFormation stays unless it is to be brought back', async () => {
  rig.aws.cloudFormation.meddled.set('otherTopic', { '/DisplayName': ['1', '2'] });
  const report = await rig.deploy();
  expect(resultsOf(report)).toEqual({ producer: 'unchanged', consumer: 'unchanged', other: 'unchanged' });
  expect(rig.aws.calls.filter(({ action }) => /Drift/.test(action))).toEqual([]);
});

test('exactly the stacks that drifted ship, by a drift-aware change set, and the report says what drifted', async () => {
  rig.aws.cloudFormation.meddled.set('otherTopic', { '/DisplayName': ['1', '2'] });
  const report = await rig.deploy({ revertDrift: true });
  expect(resultsOf(report)).toEqual({ producer: 'unchanged', consumer: 'unchanged', other: 'updated' });
  expect(rowOf(report, 'other')).toMatchObject({
    reason: "changed behind CloudFormation's back: otherTopic modified (DisplayName is 2 instead of 1)",
    changes: [{ logicalId: 'otherTopic', change: 'update' }],
  });
  expect(rig.aws.changes).toContain('ExecuteChangeSet other');
  expect(resultsOf(await rig.deploy({ revertDrift: true }))).toMatchObject({ other: 'unchanged' });
});

test('a dry run tells what would be brought back, and changes nothing', async () => {
  rig.aws.cloudFormation.meddled.set('otherTopic', 'deleted');
  const report = await rig.deploy({ revertDrift: true, dryRun: true });
  expect(rowOf(report, 'other')).toMatchObject({
    result: 'skipped',
    reason: expect.stringContaining('otherTopic deleted'),
    changes: [{ logicalId: 'otherTopic', change: 'add', path: 'other/Topic/Resource' }],
  });
  expect(rig.aws.changes).toEqual([]);
});

test('a stack that lost a parameter which a selected one reads is brought in, and brings it back', async () => {
  rig.aws.cloudFormation.meddled.set('producerkey', 'deleted');
  rig.aws.parameters.delete('/app/producer/key');
  const report = await rig.deploy({ revertDrift: true }, { stacks: ['consumer'] });
  expect(resultsOf(report)).toMatchObject({ producer: 'updated', other: 'excluded' });
  expect(rig.aws.parameters.get('/app/producer/key')).toBe('value');
  expect(report.ok).toBe(true);
});

test('what CloudFormation cannot compare is said', async () => {
  rig.aws.cloudFormation.incomparable.add('AWS::SNS::Topic');
  await rig.deploy({ revertDrift: true });
  expect(notices()).toEqual([
    '3 resources could not be compared with their template; what was changed in them is neither seen nor brought back: ' +
      'AWS::SNS::Topic.',
  ]);
});

test('a first deployment has nothing to bring back', async () => {
  rig.workspace.synthesize({ fresh: {} });
  expect(resultsOf(await rig.deploy({ revertDrift: true }))).toEqual({ fresh: 'created' });
});
