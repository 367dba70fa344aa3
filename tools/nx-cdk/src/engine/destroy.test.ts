import { AwsLiveState } from '../live-state/aws-live-state';
import { parseDestroyOptions } from '../options/options';
import type { RunReport } from '../report/report';
import { createToolkitShipper } from '../ship/toolkit-shipper';
import { TestWorkspace } from '../testing/assembly-builder';
import { ScriptedAws } from '../testing/scripted-aws';
import { AwsError } from '../testing/wire';
import { destroy } from './destroy';
import { uninterrupted } from './request';

let workspace: TestWorkspace;
let aws: ScriptedAws;
const environment = { ...process.env };

beforeEach(async () => {
  workspace = new TestWorkspace();
  workspace.synthesize({ a: {}, b: { after: ['a'] }, c: { after: ['b'], phase: 'late' }, d: {} });
  aws = new ScriptedAws(workspace.assembly);
  await aws.start();
  for (const name of ['a', 'b', 'c', 'd']) aws.cloudFormation.leave(name, 'CREATE_COMPLETE');
});

afterEach(async () => {
  await aws.stop();
  workspace.remove();
  process.env = { ...environment };
});

function run(options: object, stacks?: string[]): Promise<RunReport> {
  const parsed = parseDestroyOptions({ ...options });
  return destroy(
    {
      workspaceRoot: workspace.root,
      app: workspace.app,
      environment: 'test',
      stacks,
      options: parsed.options,
      optionProblems: parsed.problems,
      command: 'nx run app:destroy',
    },
    {
      connect: () => Promise.resolve(),
      liveState: new AwsLiveState(),
      createShipper: createToolkitShipper,
      listener: () => undefined,
      interrupts: uninterrupted,
      pollMs: 5,
    },
  );
}

const results = (report: RunReport) =>
  Object.fromEntries(report.stacks.map(({ stackName, result }) => [stackName, result]));

test('stacks are deleted one after the other in exactly the reverse order, and a second run finds nothing', async () => {
  expect(results(await run({ confirm: 'test' }))).toEqual({ a: 'destroyed', b: 'destroyed', c: 'destroyed', d: 'destroyed' });
  expect(aws.changes).toEqual(['DeleteStack c', 'DeleteStack d', 'DeleteStack b', 'DeleteStack a']);
  expect(results(await run({ confirm: 'test' }))).toEqual({ a: 'absent', b: 'absent', c: 'absent', d: 'absent' });
});

test.each([undefined, 'Test', 'production', ''])('--confirm=%s is refused, and the name to type is named', async (confirm) => {
  const report = await run({ confirm });
  expect(report.problems).toEqual([expect.stringContaining('add --confirm=test')]);
  expect(aws.calls).toEqual([]);
});

test('a stack that others need is refused while they are deployed, and goes together with them', async () => {
  expect((await run({ confirm: 'test' }, ['a'])).problems).toEqual([expect.stringMatching(/^a is still needed by b, c/)]);
  expect(aws.changes).toEqual([]);
  expect(results(await run({ confirm: 'test' }, ['a', 'b', 'c']))).toMatchObject({ a: 'destroyed', d: 'excluded' });
});

test('what a stack that could not be deleted needs is blocked, the others go', async () => {
  aws.fault = ({ action, stack }) =>
    action === 'DeleteStack' && stack === 'b' ? new AwsError(400, 'ValidationError', 'termination protection') : undefined;
  const report = await run({ confirm: 'test' });
  expect(results(report)).toEqual({ a: 'blocked', b: 'failed', c: 'destroyed', d: 'destroyed' });
  expect(report.stacks.find(({ stackName }) => stackName === 'b')?.error).toContain('termination protection');
});

test('a protected environment needs its name a second time', async () => {
  const parsed = parseDestroyOptions({ confirm: 'production' });
  const report = await destroy(
    {
      workspaceRoot: workspace.root,
      app: workspace.app,
      environment: 'production',
      options: parsed.options,
      optionProblems: [],
      command: '',
    },
    {
      connect: () => Promise.resolve(),
      liveState: new AwsLiveState(),
      createShipper: createToolkitShipper,
      listener: () => undefined,
      interrupts: uninterrupted,
      pollMs: 5,
    },
  );
  expect(report.ok).toBe(false);
  expect(aws.changes).toEqual([]);
});
