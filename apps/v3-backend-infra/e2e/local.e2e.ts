import { Endpoint } from './endpoint';
import { WorkspaceCopy } from './workspace-copy';

const DEPLOYED = {
  networking: 'created',
  security: 'created',
  s3: 'created',
  sqs: 'created',
  secrets: 'created',
  'hosted-zone': 'created',
  database: 'created',
  certificate: 'created',
  waf: 'created',
  alb: 'created',
  'app-shared': 'created',
  compute: 'created',
  monitoring: 'created',
  'log-forwarder': 'created',
};
const STACKS = Object.keys(DEPLOYED);
const APPLICATION = ['compute', 'monitoring', 'log-forwarder'];
const TEARDOWN_ORDER = [
  'monitoring',
  'log-forwarder',
  'compute',
  'app-shared',
  'alb',
  'waf',
  'certificate',
  'database',
  'hosted-zone',
  'secrets',
  'sqs',
  's3',
  'security',
  'networking',
];

/** Every stack with the result that `result` gives it. */
function all(result: (stack: string) => string): Record<string, string> {
  return Object.fromEntries(STACKS.map((stack) => [stack, result(stack)]));
}

/** The stacks with one of the results. */
function having(results: Record<string, string>, ...wanted: string[]): string[] {
  return Object.keys(results).filter((stack) => wanted.includes(results[stack]!));
}

describe('the local environment, from a fresh copy of the workspace', () => {
  let workspace: WorkspaceCopy;
  let endpoint: Endpoint;

  const affectedDeploy = () => workspace.nx(['affected', '-t', 'deploy', '--configuration=local', '--base=HEAD~1']);

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    endpoint = new Endpoint(workspace.port);
  });
  afterAll(() => workspace.dispose());

  test('an image tag that is none, and credentials of a real account, are refused before anything starts', async () => {
    const invalid = await workspace.deploy('--imageTag=-no', '--concurrency=0');
    expect(invalid.output).toContain('imageTag');
    expect(invalid.output).toContain('concurrency');
    expect(invalid.status).not.toBe(0);

    const real = await workspace.nx(['run', 'v3-backend-infra:deploy', '--configuration=local'], {
      AWS_PROFILE: 'work',
    });
    expect(real.output).toContain('AWS_PROFILE');
    expect(real.status).not.toBe(0);
  });

  test('infrastructure only: 11 stacks are created, the application’s 3 are not', async () => {
    const { status, output } = await workspace.deploy('--infraOnly');
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(workspace.results()).toEqual(all((stack) => (APPLICATION.includes(stack) ? 'excluded' : 'created')));
    expect(Object.keys(await endpoint.stackStates()).sort()).toEqual(
      STACKS.filter((stack) => !APPLICATION.includes(stack)).sort(),
    );
  });

  test('the full deploy then creates the other 3 and leaves the 11 as they are', async () => {
    const { status } = await workspace.deploy();
    expect(workspace.results()).toEqual(all((stack) => (APPLICATION.includes(stack) ? 'created' : 'unchanged')));
    expect(status).toBe(0);
    const states = await endpoint.stacks();
    expect(states.map(({ StackStatus }) => StackStatus)).toEqual(STACKS.map(() => 'CREATE_COMPLETE'));
  });

  test('the report is a page with a node for each stack, and its result', () => {
    const page = workspace.read('dist/deploy/local/report.html');
    const nodes = [
      ...page.matchAll(/class="node \w+"\s+data-stack="v3-backend-local-([\w-]+)"\s+data-result="(\w+)"/g),
    ];
    expect(Object.fromEntries(nodes.map(([, stack, result]) => [stack, result]))).toEqual(workspace.results());
    expect(nodes).toHaveLength(STACKS.length);
  });

  test('every published parameter has a real value', async () => {
    const parameters = await endpoint.parameters();
    const publishers = new Set(Object.keys(parameters).map((name) => name.split('/')[3]));
    // Beside what the stacks publish there is what the engine remembers.
    expect(publishers).toEqual(new Set([...STACKS, 'deploy']));
    for (const [name, value] of Object.entries(parameters)) {
      expect([name, value]).toEqual([name, expect.stringMatching(/^(?!.*(undefined|\$\{|\{\{|\[object|None)).+$/s)]);
    }
  });

  test('the same command again changes nothing', async () => {
    const before = await endpoint.stackStates();
    const { status } = await workspace.deploy();
    expect(workspace.results()).toEqual(all(() => 'unchanged'));
    expect(await endpoint.stackStates()).toEqual(before);
    expect(status).toBe(0);
  });

  test('a new image tag updates compute alone, and is kept by a deploy without one', async () => {
    await workspace.deploy('--imageTag=v2');
    expect(workspace.results()).toEqual(all((stack) => (stack === 'compute' ? 'updated' : 'unchanged')));
    expect((await endpoint.parameters())['/v3-backend/local/compute/currentImageTag']).toBe('v2');

    expect((await workspace.deploy()).status).toBe(0);
    expect(workspace.results()).toEqual(all(() => 'unchanged'));
    expect((await endpoint.parameters())['/v3-backend/local/compute/currentImageTag']).toBe('v2');
  });

  test('a change in the compute library builds compute alone and updates the compute stack alone', async () => {
    workspace.edit('libs/compute/src/private/defaults.ts', '  scheduler: 30,', '  scheduler: 31,');
    workspace.commit('feat(compute): give the scheduler one more second to stop');

    const build = await workspace.nx(['affected', '-t', 'build', '--base=HEAD~1']);
    const built = [...build.output.matchAll(/nx run (\S+):build$/gm)].map(([, project]) => project);
    expect([build.output, built]).toEqual([expect.stringContaining('core:build  [local cache]'), ['compute']]);

    const { status, output } = await affectedDeploy();
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(having(workspace.results(), 'updated', 'created')).toEqual(['compute']);
  });

  test('a change in the networking library that alters the security stack alone ships that one alone', async () => {
    workspace.edit('libs/networking/src/security-groups.ts', "'Services to each other'", "'Services to one another'");
    workspace.commit('fix(networking): describe the rule between services better');

    const { status, output } = await affectedDeploy();
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(having(workspace.results(), 'updated', 'created')).toEqual(['security']);
    expect(having(workspace.results(), 'unchanged').length).toBeGreaterThan(2);
  });

  test('destroy refuses without the exact name of the environment, and removes nothing', async () => {
    for (const confirm of [[], ['--confirm=Local'], ['--confirm=production']]) {
      const { status, output } = await workspace.destroy(...confirm);
      expect(status).not.toBe(0);
      expect(output).toContain('--confirm=local');
    }
    expect(await endpoint.stacks()).toHaveLength(STACKS.length);
  });

  test('destroy removes all stacks in the plan’s teardown order, and leaves nothing', async () => {
    const { status, output } = await workspace.destroy('--confirm=local', '--concurrency=1');
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(workspace.results()).toEqual(all(() => 'destroyed'));
    expect(await endpoint.stacks()).toEqual([]);
    expect(await endpoint.parameters()).toEqual({});
    expect(await endpoint.networksAndBuckets()).toEqual([]);
    expect([...output.matchAll(/✔ (\S+): destroyed/g)].map(([, stack]) => stack)).toEqual(TEARDOWN_ORDER);
  });
});
