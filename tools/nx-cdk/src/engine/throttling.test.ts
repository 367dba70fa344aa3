import { hurry } from '../testing/hurry';
import { CHAIN_AND_LONER } from '../testing/sample-apps';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';
import { AwsError } from '../testing/wire';

hurry();

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start(CHAIN_AND_LONER);
});

afterEach(() => rig.stop());

const throttling = new AwsError(400, 'Throttling', 'Rate exceeded');

/** Throttles the first calls of an action, or all of them. */
function throttle(action: string, times = Infinity, stack?: string): void {
  let left = times;
  rig.aws.fault = (call) =>
    call.action === action && (stack === undefined || call.stack === stack) && left-- > 0 ? throttling : undefined;
}

const notices = () => rig.events.filter((event) => event.type === 'notice').map(({ text }) => text);

test('reads that are throttled five times succeed, and a notice says so at once', async () => {
  throttle('GetTemplate', 5, 'd');
  await rig.deploy();
  const report = await rig.deploy();
  expect(report.ok).toBe(true);
  expect(notices()).toContain('CloudFormation GetTemplate in eu-west-1: throttled, retrying');
});

test('throttled requests of SSM, which speaks another protocol, are repeated, too', async () => {
  throttle('GetParameters', 5);
  expect((await rig.deploy({}, { stacks: ['d'] })).ok).toBe(true);
  expect(notices()).toContain('SSM GetParameters in eu-west-1: throttled, retrying');
});

test('what the toolkit had to repeat is noticed when it is through', async () => {
  throttle('CreateStack', 5, 'd');
  const report = await rig.deploy({}, { stacks: ['d'] });
  expect(resultsOf(report)).toMatchObject({ d: 'created' });
  expect(notices()).toContain('CloudFormation CreateStack in eu-west-1: throttled or not answered, repeated 5 times');
  expect(rig.aws.cloudFormation.stacks.get('d')?.status).toBe('CREATE_COMPLETE');
});

test('endless throttling fails the stack with one message that names the call and what to do; the others are kept', async () => {
  throttle('UpdateStack', Infinity, 'a');
  await rig.deploy();
  rig.workspace.synthesize({
    ...CHAIN_AND_LONER,
    a: { ...CHAIN_AND_LONER['a'], version: '2' },
    d: { version: '2' },
  });
  const report = await rig.deploy();
  expect(resultsOf(report)).toMatchObject({ a: 'failed', b: 'blocked', c: 'blocked', d: 'updated' });
  expect(rowOf(report, 'a')?.error).toMatch(
    /throttles.*lower --concurrency.*\(CloudFormation UpdateStack in eu-west-1: /,
  );
  expect(report.problems).toEqual([]);
});

test('endless throttling before the plan refuses the run, in the same words', async () => {
  throttle('DescribeStacks');
  const report = await rig.deploy();
  expect(report.problems).toEqual([
    expect.stringMatching(
      /throttles.*lower --concurrency.*\(CloudFormation DescribeStacks in eu-west-1: Rate exceeded\)/,
    ),
  ]);
  expect(rig.aws.changes).toEqual([]);
});
