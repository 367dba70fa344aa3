import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '../events/event';
import { AwsLiveState } from '../live-state/aws-live-state';
import { type DeployOptions, parseDeployOptions } from '../options/options';
import type { RunReport } from '../report/report';
import { createToolkitShipper } from '../ship/toolkit-shipper';
import { type StackSketch, TestWorkspace } from '../testing/assembly-builder';
import { ScriptedAws } from '../testing/scripted-aws';
import { AwsError } from '../testing/wire';
import { deploy } from './deploy';
import { type Interrupts, type RunParts, uninterrupted } from './request';

/** c reads what b publishes, which b makes of what a publishes; d stands alone; e is no infrastructure. */
const APP: Record<string, StackSketch> = {
  a: { publishes: { key: 'one' }, tags: { app: 'x' } },
  b: { after: ['a'], reads: ['/app/a/key'], publishes: { key: '$/app/a/key' } },
  c: { after: ['b'], reads: ['/app/b/key'] },
  d: {},
  e: { after: ['c'], phase: 'late', parameters: { ImageTag: 'latest' }, publishes: { tag: '$ImageTag' } },
};

let workspace: TestWorkspace;
let aws: ScriptedAws;
let events: Event[];
const environment = { ...process.env };

beforeEach(async () => {
  workspace = new TestWorkspace();
  workspace.synthesize(APP);
  aws = new ScriptedAws(workspace.assembly);
  events = [];
  await aws.start();
});

afterEach(async () => {
  await aws.stop();
  workspace.remove();
  process.env = { ...environment };
});

async function run(
  options: Partial<Record<keyof DeployOptions | 'unknown', unknown>> = {},
  more: { stacks?: string[]; interrupts?: Interrupts; listener?: RunParts['listener'] } = {},
): Promise<RunReport> {
  aws.calls.length = 0;
  const parsed = parseDeployOptions(options);
  const { root, app } = workspace;
  return deploy(
    {
      workspaceRoot: root,
      app,
      environment: 'test',
      stacks: more.stacks,
      options: parsed.options,
      optionProblems: parsed.problems,
      command: 'nx run app:deploy',
    },
    {
      connect: () => Promise.resolve(),
      liveState: new AwsLiveState(),
      createShipper: createToolkitShipper,
      listener: (event) => {
        events.push(event);
        more.listener?.(event);
      },
      interrupts: more.interrupts ?? uninterrupted,
      pollMs: 5,
    },
  );
}

const results = (report: RunReport) =>
  Object.fromEntries(report.stacks.map(({ stackName, result }) => [stackName, result]));
const reasons = (report: RunReport) =>
  Object.fromEntries(report.stacks.map(({ stackName, reason }) => [stackName, reason]));
const started = () => events.filter(({ type }) => type === 'stack-started').map((event) => (event as { name: string }).name);

describe('what ships', () => {
  test('a first deploy creates every stack after those it needs, and writes the report', async () => {
    const report = await run();
    expect(results(report)).toEqual({ a: 'created', b: 'created', c: 'created', d: 'created', e: 'created' });
    expect(started().indexOf('a')).toBeLessThan(started().indexOf('b'));
    expect(started().indexOf('b')).toBeLessThan(started().indexOf('c'));
    const written = JSON.parse(readFileSync(join(workspace.root, 'dist/deploy/test/report.json'), 'utf8')) as RunReport;
    expect(written).toEqual(report);
    expect(written).toMatchObject({ ok: true, account: '123456789012', region: 'eu-west-1', commit: null });
    expect(readFileSync(join(workspace.root, 'dist/deploy/test/report.md'), 'utf8')).toContain('| early | a | created |');
  });

  test('a second deploy changes nothing and asks for no change set', async () => {
    await run();
    const report = await run();
    expect(new Set(Object.values(results(report)))).toEqual(new Set(['unchanged']));
    expect(aws.changes).toEqual([]);
  });

  test('only the stack whose template differs ships, and the report says what differs', async () => {
    await run();
    workspace.synthesize({ ...APP, d: { version: '2' } });
    const report = await run();
    expect(aws.changes).toEqual(['UpdateStack d']);
    expect(report.stacks.find(({ stackName }) => stackName === 'd')).toMatchObject({
      result: 'updated',
      reason: '1 resource changed: dTopic',
      resources: 1,
    });
  });

  test('a value that changes upstream ships every stack that reads it, through the whole chain', async () => {
    await run();
    workspace.synthesize({ ...APP, a: { ...APP['a'], publishes: { key: 'two' } } });
    const report = await run();
    expect(results(report)).toEqual({ a: 'updated', b: 'updated', c: 'updated', d: 'unchanged', e: 'unchanged' });
    expect(reasons(report)['c']).toBe('SSM /app/b/key changed');
  });

  test('an SSM value changed behind CloudFormation’s back ships the stack that reads it', async () => {
    await run();
    aws.parameters.set('/app/a/key', 'edited by hand');
    expect(results(await run())).toMatchObject({ a: 'unchanged', b: 'updated', c: 'updated' });
  });

  test('tags that differ ship the stack', async () => {
    await run();
    aws.cloudFormation.stacks.get('a')!.tags = { app: 'y' };
    expect(reasons(await run())['a']).toBe('tags differ');
  });

  test('--imageTag updates only the stack that declares it, and the tag is kept by the next deploy', async () => {
    await run();
    expect(results(await run({ imageTag: 'v2' }))).toMatchObject({ a: 'unchanged', d: 'unchanged', e: 'updated' });
    expect(aws.parameters.get('/app/e/tag')).toBe('v2');
    workspace.synthesize({ ...APP, e: { ...APP['e'], version: '2' } });
    expect(results(await run())).toMatchObject({ e: 'updated' });
    expect(aws.parameters.get('/app/e/tag')).toBe('v2');
  });

  test('--infraOnly leaves out the phases that are no infrastructure, and the full deploy then ships only those', async () => {
    expect(results(await run({ infraOnly: true }))).toMatchObject({ c: 'created', e: 'excluded' });
    expect(results(await run())).toMatchObject({ a: 'unchanged', c: 'unchanged', d: 'unchanged', e: 'created' });
  });

  test('--force ships what does not differ', async () => {
    await run();
    expect(results(await run({ force: true }, { stacks: ['d'] }))).toMatchObject({ a: 'excluded', d: 'updated' });
  });

  test('--dryRun says what would ship and changes nothing', async () => {
    const report = await run({ dryRun: true });
    expect(report).toMatchObject({ ok: true, dryRun: true });
    expect(reasons(report)['a']).toBe('dry run, would create: it is not deployed yet');
    expect(aws.changes).toEqual([]);
  });

  test('a stack in a phase with change sets is created and updated by one', async () => {
    workspace.synthesize({ a: { phase: 'late' } });
    await run();
    expect(aws.changes).toEqual(['CreateChangeSet a', 'ExecuteChangeSet a']);
  });
});

describe('which stacks belong to the run', () => {
  test('a selected stack brings in the one that publishes what it needs and that is not there yet', async () => {
    const report = await run({}, { stacks: ['c'] });
    expect(results(report)).toEqual({ a: 'created', b: 'created', c: 'created', d: 'excluded', e: 'excluded' });
    const planned = events.find(({ type }) => type === 'planned') as Extract<Event, { type: 'planned' }>;
    expect(planned.stacks.find(({ name }) => name === 'b')?.reason).toContain('c needs its SSM parameter /app/b/key');
  });

  test('the order holds when a stack in the middle is not selected', async () => {
    await run();
    workspace.synthesize({ ...APP, a: { ...APP['a'], version: '2' }, c: { ...APP['c'], version: '2' } });
    events = [];
    await run({}, { stacks: ['a', 'c'] });
    expect(started()).toEqual(['a', 'c']);
    expect(aws.changes).toEqual(['UpdateStack a', 'UpdateStack c']);
  });

  test('a parameter that nobody publishes is refused before anything ships, naming who should publish it', async () => {
    workspace.synthesize({ ...APP, c: { after: ['b'], reads: ['/app/b/other'] } });
    const report = await run();
    expect(report.problems).toEqual([expect.stringMatching(/c needs the SSM parameter \/app\/b\/other.*the b stack should/)]);
    expect(aws.changes).toEqual([]);
  });
});

describe('failures', () => {
  test('independent stacks finish, dependents are blocked by name, and a later run continues', async () => {
    aws.cloudFormation.failing.set('bTopic', 'the topic is cursed');
    const report = await run();
    expect(results(report)).toEqual({ a: 'created', b: 'failed', c: 'blocked', d: 'created', e: 'blocked' });
    expect(reasons(report)['c']).toBe('it needs b');
    expect(report.stacks.find(({ stackName }) => stackName === 'b')?.error).toBe(
      'b/Topic/Resource (AWS::SNS::Topic): the topic is cursed',
    );
    expect(report.ok).toBe(false);

    aws.cloudFormation.failing.clear();
    expect(results(await run())).toEqual({ a: 'unchanged', b: 'created', c: 'created', d: 'unchanged', e: 'created' });
  });

  test('--continueOnError=false starts nothing more after a failure', async () => {
    aws.cloudFormation.failing.set('aTopic', 'no');
    const report = await run({ continueOnError: 'false', concurrency: 1 });
    expect(results(report)).toMatchObject({ a: 'failed', b: 'blocked', d: 'skipped' });
  });

  test.each(['ROLLBACK_COMPLETE', 'REVIEW_IN_PROGRESS', 'CREATE_FAILED', 'DELETE_FAILED'])(
    'what is left in %s is deleted and created anew',
    async (status) => {
      aws.cloudFormation.leave('d', status);
      expect(results(await run({}, { stacks: ['d'] }))).toMatchObject({ d: 'created' });
      expect(aws.changes).toEqual(['DeleteStack d', 'CreateStack d']);
    },
  );

  test('an operation that is already running is followed to its end before the stack is looked at again', async () => {
    await run();
    aws.cloudFormation.leave('d', 'UPDATE_IN_PROGRESS');
    const report = await run();
    expect(results(report)).toMatchObject({ d: 'unchanged' });
    expect(events).toContainEqual(expect.objectContaining({ type: 'stack-started', name: 'd', verb: 'following' }));
  });

  test('UPDATE_ROLLBACK_FAILED stops the stack, naming the failed resources and the way out', async () => {
    await run();
    const stack = aws.cloudFormation.stacks.get('d')!;
    stack.events = [{ LogicalResourceId: 'dTopic', ResourceType: 'AWS::SNS::Topic', ResourceStatus: 'UPDATE_FAILED', ResourceStatusReason: 'gone' }];
    aws.cloudFormation.leave('d', 'UPDATE_ROLLBACK_FAILED');
    const report = await run();
    const d = report.stacks.find(({ stackName }) => stackName === 'd');
    expect(d).toMatchObject({ result: 'failed', reason: expect.stringContaining('UPDATE_ROLLBACK_FAILED') as string });
    expect(d?.error).toMatch(/dTopic \(AWS::SNS::Topic\): gone[^]*continue-update-rollback --stack-name d/);
    expect(aws.changes).toEqual([]);
  });

  test('throttled requests are repeated', async () => {
    let left = 3;
    aws.fault = ({ action }) =>
      action === 'DescribeStacks' && left-- > 0 ? new AwsError(400, 'Throttling', 'Rate exceeded') : undefined;
    expect((await run({}, { stacks: ['d'] })).ok).toBe(true);
  });
});

describe('refusals, before any call that changes something', () => {
  test('credentials for another account, naming both', async () => {
    workspace.synthesize({ a: { account: '999999999999' } });
    const report = await run();
    expect(report.problems).toEqual([expect.stringMatching(/account 123456789012 .* is in account 999999999999/)]);
    expect(results(report)).toEqual({ a: 'skipped' });
    expect(report.ok).toBe(false);
  });

  test('every wrong option in one message, without a single call', async () => {
    const report = await run({ imageTag: '-x', concurrency: 0, unknown: true });
    expect(report.problems).toHaveLength(3);
    expect(aws.calls).toEqual([]);
  });

  test('an image tag that no stack takes, or none that is selected', async () => {
    expect((await run({ imageTag: 'v1' }, { stacks: ['d'] })).problems).toEqual([expect.stringContaining('is for e')]);
    workspace.synthesize({ a: {} });
    expect((await run({ imageTag: 'v1' })).problems).toEqual([expect.stringContaining('has no use')]);
  });

  test('no bootstrap, or one that is too old', async () => {
    aws.parameters.set('/cdk-bootstrap/hnb659fds/version', '5');
    expect((await run()).problems).toEqual([expect.stringMatching(/version 5, but the app needs 6.*cdk bootstrap/)]);
    aws.parameters.delete('/cdk-bootstrap/hnb659fds/version');
    expect((await run()).problems).toEqual([expect.stringContaining('is not bootstrapped')]);
    expect(aws.changes).toEqual([]);
  });

  test('expired credentials, saying what to do', async () => {
    aws.fault = ({ action }) =>
      action === 'GetCallerIdentity' ? new AwsError(403, 'ExpiredToken', 'The security token has expired') : undefined;
    const report = await run();
    expect(report.problems).toEqual([expect.stringMatching(/have expired\. Log in/)]);
    expect(existsSync(join(workspace.root, 'dist/deploy/test/report.json'))).toBe(true);
  });
});

describe('interrupts', () => {
  test('the first one starts nothing more and lets finish what runs', async () => {
    const interrupts = { stopping: false, detached: new Promise<void>(() => undefined) };
    const report = await run(
      {},
      { interrupts, listener: ({ type }) => (interrupts.stopping ||= type === 'stack-started') },
    );
    expect(results(report)).toMatchObject({ a: 'created', b: 'skipped', c: 'skipped' });
    expect(report.ok).toBe(false);
  });

  test('the second one does not wait, and the report says how to go on', async () => {
    let detach = () => undefined as void;
    const interrupts = { stopping: false, detached: new Promise<void>((resolve) => (detach = resolve)) };
    const report = await run(
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
    expect(report.stacks.find(({ stackName }) => stackName === 'a')).toMatchObject({
      result: 'failed',
      reason: expect.stringContaining('run the same command again to follow it') as string,
    });
  });
});
