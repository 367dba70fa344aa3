import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '../report/report';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';
import { AwsError } from '../testing/wire';

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start({ a: {}, b: { after: ['a'] } });
});

afterEach(() => rig.stop());

const expired = new AwsError(403, 'ExpiredToken', 'The security token included in the request is expired');

/** The run could not give the lock back; it is that of a process that has ended. */
function endOfProcess(): void {
  const lock = '/nx-cdk/app/test/lock';
  const held = JSON.parse(rig.aws.parameters.get(lock) ?? '') as object;
  rig.aws.parameters.set(lock, JSON.stringify({ ...held, processStart: 'earlier' }));
}

test('credentials that have expired are refused before anything ships, with a report', async () => {
  rig.aws.fault = () => expired;
  const report = await rig.deploy();
  expect(report.problems).toEqual([expect.stringMatching(/have expired\. Log in.*STS GetCallerIdentity/)]);
  expect(rig.aws.changes).toEqual([]);
  const written = readFileSync(join(rig.workspace.root, 'dist/deploy/test/report.json'), 'utf8');
  expect(JSON.parse(written)).toEqual(report);
});

describe('credentials that expire while a stack is created', () => {
  let report: RunReport;

  beforeEach(async () => {
    rig.aws.cloudFormation.pollsPerStep = 1;
    let begun = false;
    rig.aws.fault = ({ action }) => {
      if (begun) return expired;
      begun = action === 'CreateStack';
      return undefined;
    };
    report = await rig.deploy();
    rig.aws.fault = () => undefined;
  });

  test('fail the stack with what to do, and nothing is issued after that', () => {
    expect(resultsOf(report)).toEqual({ a: 'failed', b: 'blocked' });
    expect(rowOf(report, 'a')?.error).toMatch(/have expired\. Log in and run the same command again/);
    expect(rig.aws.changes).toEqual(['CreateStack a']);
  });

  test('the next run follows what CloudFormation is still doing, and issues nothing twice', async () => {
    expect(rig.aws.cloudFormation.stacks.get('a')?.status).toBe('CREATE_IN_PROGRESS');
    endOfProcess();
    const next = await rig.deploy();
    expect(resultsOf(next)).toEqual({ a: 'unchanged', b: 'created' });
    expect(rig.events).toContainEqual(expect.objectContaining({ type: 'stack-started', name: 'a', verb: 'following' }));
    expect(rig.aws.changes).toEqual(['CreateStack b']);
  });
});

describe('credentials that expire sooner than the run is expected to end', () => {
  const warnings = () =>
    rig.events.filter((event) => event.type === 'notice' && event.text.includes('credentials expire at'));

  /** Every stack is to ship, and took this long the last time. */
  async function shippedBefore(shippedMs: number): Promise<void> {
    await rig.deploy();
    const file = join(rig.workspace.root, 'dist/deploy/test/report.json');
    const report = JSON.parse(readFileSync(file, 'utf8')) as RunReport;
    const stacks = report.stacks.map((stack) => ({ ...stack, shippedMs }));
    writeFileSync(file, JSON.stringify({ ...report, stacks }));
    rig.workspace.synthesize({ a: { version: '2' }, b: { after: ['a'], version: '2' } });
  }

  const expireIn = (ms: number) => (process.env['AWS_CREDENTIAL_EXPIRATION'] = new Date(Date.now() + ms).toISOString());

  test('are warned of, and the run goes on', async () => {
    await shippedBefore(40 * 60_000);
    expireIn(60 * 60_000);
    const report = await rig.deploy();
    expect(warnings()).toHaveLength(1);
    expect(resultsOf(report)).toEqual({ a: 'updated', b: 'updated' });
  });

  test('are not warned of when the run is expected to be over by then', async () => {
    await shippedBefore(20 * 60_000);
    expireIn(60 * 60_000);
    await rig.deploy();
    expect(warnings()).toEqual([]);
  });
});
