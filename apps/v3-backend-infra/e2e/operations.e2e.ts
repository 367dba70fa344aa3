import { Endpoint } from './endpoint';
import { Meddler } from './meddler';
import { WorkspaceCopy } from './workspace-copy';

/** What these tests read of a verification. */
interface Verification {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly outcome: string;
    readonly reason?: string;
    readonly findings: readonly { readonly subject: string; readonly ok: boolean }[];
  }[];
}

/** What relies on what is not real at the local endpoint. */
const NOT_CHECKABLE = [
  'services run as many tasks as they want, and their rollout is complete',
  'target groups have healthy targets',
  'the API answers',
  'internal paths are closed',
  'roles allow what starting the tasks needs: secrets, logs, images',
  'databases are available',
  'roles allow the tasks to use their queues',
  'buckets are encrypted',
  'roles allow the tasks to use their buckets',
  'a task reaches the database, by its DATABASE_URL',
  'a task reaches the internet',
];

describe('operations on the deployed local environment', () => {
  let workspace: WorkspaceCopy;
  let endpoint: Endpoint;
  let meddler: Meddler;

  const operate = (target: string, ...options: readonly string[]) =>
    workspace.nx(['run', `v3-backend-infra:${target}`, '--configuration=local', ...options]);

  /** Runs `verify`, or that of one stack. */
  const verify = async (project = 'v3-backend-infra') => {
    const { status, output } = await workspace.nx(['run', `${project}:verify`, '--configuration=local']);
    const verification = JSON.parse(workspace.read('dist/verify/local/verify.json')) as Verification;
    return { status, output, ...verification };
  };

  const havingOutcome = ({ checks }: Verification, wanted: string) =>
    checks.filter(({ outcome }) => outcome === wanted).map(({ name }) => name);

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    endpoint = new Endpoint(workspace.port);
    meddler = new Meddler(workspace.port);
  });
  afterAll(() => workspace.dispose());

  test('where nothing is deployed, status says so, diff creates everything, and there is nothing to verify', async () => {
    const status = await operate('status');
    expect([status.status, status.output]).toEqual([0, expect.stringMatching(/compute +not deployed +create/)]);

    const diff = await operate('diff', '--failOn=destructive', '--format=markdown', '--output=dist/diff.md');
    expect(diff.status).toBe(0);
    expect(workspace.read('dist/diff.md')).toMatch(/^## local: 14 stacks differ, 0 do not/);

    const verification = await verify();
    expect([verification.status, verification.output]).toEqual([
      1,
      expect.stringContaining('nothing that could be checked'),
    ]);
  });

  test('verify passes after a deploy, and passes nothing that is not real at the local endpoint', async () => {
    const deployed = await workspace.deploy();
    expect([deployed.status, deployed.output]).toEqual([0, expect.any(String)]);

    const verification = await verify();
    expect([verification.status, verification.output]).toEqual([0, expect.any(String)]);
    expect(havingOutcome(verification, 'not checkable here').sort()).toEqual([...NOT_CHECKABLE].sort());
    expect(havingOutcome(verification, 'passed')).toHaveLength(verification.checks.length - NOT_CHECKABLE.length);
    expect(workspace.read('dist/verify/local/verify.md')).toContain('answers 301, to https://');

    const status = await operate('status');
    expect([status.status, status.output]).toEqual([0, expect.stringContaining('Everything is as it should be.')]);
  });

  test('what somebody breaks by hand is named by exactly the check for it, and is drift for status', async () => {
    const value = async (name: string) => (await endpoint.parameters())[`/v3-backend/local/${name}`]!;
    const logGroup = await value('app-shared/schedulerLogGroupName');
    await meddler.deleteRule(await value('alb/listenerArn'), 100);
    await meddler.deleteLogGroup(logGroup);
    await meddler.scale(await value('compute/clusterName'), 'SchedulerService', 0);
    await endpoint.deleteParameter('/v3-backend/local/alb/albDnsName');

    const verification = await verify();
    expect(verification.status).toBe(1);
    const failed = verification.checks.filter(({ outcome }) => outcome === 'failed');
    expect(
      Object.fromEntries(
        failed.map(({ name, findings }) => [name, findings.filter(({ ok }) => !ok).map(({ subject }) => subject)]),
      ),
    ).toEqual({
      'listener rules exist as in the template': [expect.stringContaining('Worker')],
      'services want the count of tasks that they were deployed with': [expect.stringContaining('Scheduler')],
      'log groups exist with their retention': [expect.stringContaining('Scheduler')],
      'SSM parameters have the values that the stacks published': ['/v3-backend/local/alb/albDnsName'],
    });
    expect(verification.output).toContain(`${logGroup} does not exist`);

    const { output } = await operate('status');
    expect(output).toMatch(
      /alb was changed behind CloudFormation's back: .*AlbDnsName\w+ deleted, .*Worker\w+ deleted/,
    );
    expect(output).toMatch(/compute was changed .*DesiredCount is 0 instead of 1/);
    expect(output).toMatch(/app-shared was changed .*Scheduler\w+ deleted/);
  });

  test('verify of one stack is about that stack', async () => {
    const alb = await verify('alb-stack');
    expect(havingOutcome(alb, 'failed')).toEqual([
      'listener rules exist as in the template',
      'SSM parameters have the values that the stacks published',
    ]);
    expect((await verify('sqs-stack')).status).toBe(0);
  });

  test('deploy --revertDrift mends it', async () => {
    const { status, output } = await workspace.deploy('--revertDrift');
    expect([status, output]).toEqual([0, expect.any(String)]);
    const verification = await verify();
    expect([verification.status, verification.output]).toEqual([0, expect.any(String)]);
  });
});
