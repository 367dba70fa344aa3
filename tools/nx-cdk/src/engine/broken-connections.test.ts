import { hurry } from '../testing/hurry';
import type { Call } from '../testing/scripted/scripted-aws';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';
import { AwsError, type TransportFault } from '../testing/wire';

hurry();

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start({ a: {}, b: { after: ['a'], phase: 'late' } });
});

afterEach(() => rig.stop());

/** Breaks the first calls of each of these actions. */
function breakFirst(times: number, actions: readonly string[], fault: AwsError | TransportFault): void {
  const seen = new Map<string, number>();
  rig.aws.fault = ({ action }: Call) => {
    const before = seen.get(action) ?? 0;
    seen.set(action, before + 1);
    return actions.includes(action) && before < times ? fault : undefined;
  };
}

const READS = ['GetCallerIdentity', 'DescribeStacks', 'GetParameters', 'DescribeStackEvents', 'DescribeChangeSet'];
const WRITES = ['CreateStack', 'CreateChangeSet', 'ExecuteChangeSet'];

test.each<[string, AwsError | TransportFault]>([
  ['connections are reset', 'reset'],
  ['the server hangs up', 'hang-up'],
  ['a load balancer answers instead of the service', 'bad-gateway'],
  ['the service has an internal error', new AwsError(500, 'InternalFailure', 'oops')],
  ['the service is unavailable', new AwsError(503, 'ServiceUnavailable', 'later')],
])('every call is repeated when %s, three times, and everything ships once', async (_what, fault) => {
  breakFirst(3, [...READS, ...WRITES], fault);
  const report = await rig.deploy();
  expect(resultsOf(report)).toEqual({ a: 'created', b: 'created' });
  expect(rig.events).toContainEqual(
    expect.objectContaining({ type: 'notice', text: expect.stringContaining('retrying') as string }),
  );
  for (const name of ['a', 'b']) {
    const begun = rig.aws.cloudFormation.stacks
      .get(name)
      ?.events.filter(
        (event) => event['LogicalResourceId'] === name && event['ResourceStatus'] === 'CREATE_IN_PROGRESS',
      );
    expect(begun).toHaveLength(1);
  }
});

test('a change whose answer got lost is repeated under the same token, and carried out once', async () => {
  breakFirst(1, WRITES, 'cut-off');
  const report = await rig.deploy();
  expect(resultsOf(report)).toEqual({ a: 'created', b: 'created' });
  expect(rig.aws.changes).toEqual([
    'CreateStack a',
    'CreateStack a',
    'CreateChangeSet b',
    'CreateChangeSet b',
    'ExecuteChangeSet b',
    'ExecuteChangeSet b',
  ]);
});

test.each<[string, AwsError | TransportFault, RegExp]>([
  ['that hangs up for good', 'reset', /ECONNRESET/],
  [
    'that has internal errors for good',
    new AwsError(500, 'InternalFailure', 'oops'),
    /could not answer.*CloudFormation CreateStack/,
  ],
])('a service %s fails the stack, saying what to do', async (_what, fault, text) => {
  breakFirst(Infinity, ['CreateStack'], fault);
  const report = await rig.deploy();
  expect(resultsOf(report)).toEqual({ a: 'failed', b: 'blocked' });
  expect(rowOf(report, 'a')?.error).toMatch(text);
});
