import { Endpoint } from './endpoint';
import { WorkspaceCopy } from './workspace-copy';

const LOCAL = 'apps/v3-backend-infra/config/src/environments/local.ts';
const setting = (layout: Layout) => `computeLayout: '${layout}'`;
const MODULAR = ['alb', 'app-shared', 'compute'];
const MONOLITH = ['compute-monolith'];

type Layout = 'modular' | 'monolithic';

/** What this test reads of a plan of a migration. */
interface MigrationReport {
  readonly steps: readonly { readonly kind: string; readonly moves?: readonly { from: string; to: string }[] }[];
  readonly pairs: readonly {
    readonly from: string;
    readonly fate: string;
    readonly obstacles: readonly string[];
    readonly alternatives: readonly { readonly text: string }[];
  }[];
  readonly ambiguous: readonly unknown[];
  readonly onlyDeployed: readonly unknown[];
  readonly onlyTarget: readonly unknown[];
}

/** The option that lets stacks go. */
const allowing = (stacks: readonly string[]) =>
  `--allowDestructive=${stacks.map((stack) => `v3-backend-local-${stack}`).join(',')}`;

/** What the plan promises to stay: what has a name of its own, and the image that runs. */
const LASTING = /\/compute\/(currentImageTag|namespaceName|\w+Family)$|\/app-shared\/task(Execution)?Role(Arn|Name)$/;

describe('an environment that goes back to the monolithic layout, and forward again', () => {
  let workspace: WorkspaceCopy;
  let endpoint: Endpoint;
  let published: Record<string, string>;

  const choose = (layout: Layout) =>
    workspace.edit(LOCAL, setting(layout === 'modular' ? 'monolithic' : 'modular'), setting(layout));
  const values = async () =>
    Object.fromEntries(Object.entries(await endpoint.parameters()).filter(([name]) => !name.includes('/deploy/')));
  const lasting = (all: Record<string, string>) => Object.entries(all).filter(([name]) => LASTING.test(name));
  const stackNames = async () =>
    (await endpoint.stacks()).map(({ StackName }) => StackName!.replace('v3-backend-local-', '')).sort();
  const statuses = async () => new Set((await endpoint.stacks()).map(({ StackStatus }) => StackStatus));
  const having = (result: string) =>
    Object.entries(workspace.results()).flatMap(([stack, its]) => (its === result ? [stack] : [])).sort(); // prettier-ignore

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    endpoint = new Endpoint(workspace.port);
    const { status, output } = await workspace.deploy('--imageTag=v2');
    expect([status, output]).toEqual([0, expect.any(String)]);
    published = await values();
  });
  afterAll(() => workspace.dispose());

  test('is refused before anything changes, with what it would interrupt, until the stacks that go are named', async () => {
    choose('monolithic');
    const before = await endpoint.stackStates();
    const { status, output } = await workspace.deploy();
    expect([status, output]).toEqual([1, expect.stringContaining(allowing(MODULAR))]);
    expect(output).toContain('the new one has another DNS name and other addresses');
    expect(output).toContain('api.v3-backend.example.com cannot be resolved');
    expect(output).toContain('3 ECS services and their tasks do not run');
    expect(await endpoint.stackStates()).toEqual(before);
  });

  test('goes back in one command: what there was is published under the same names, and names are the same', async () => {
    const { status, output } = await workspace.deploy(allowing(MODULAR));
    expect([status, output]).toEqual([0, expect.stringContaining('deleted before compute-monolith can be created')]);
    expect([having('destroyed'), having('created')]).toEqual([MODULAR, MONOLITH]);
    expect(having('unchanged')).toHaveLength(9);
    expect(await statuses()).toEqual(new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']));
    const now = await values();
    expect(Object.keys(now)).toEqual(Object.keys(published));
    expect(lasting(now)).toHaveLength(10);
    expect(lasting(now)).toEqual(lasting(published));
    expect(now['/v3-backend/local/compute/currentImageTag']).toBe('v2');
  });

  test('could be divided without making anew what can be moved: a plan says so, and changes nothing', async () => {
    choose('modular');
    const monolith = 'v3-backend-local-compute-monolith';
    const before = await endpoint.stackStates();
    const { status, output } = await workspace.nx([
      'run',
      'v3-backend-infra:plan-migration',
      '--configuration=local',
      `--from=${monolith}`,
    ]);
    expect([status, output]).toEqual([0, expect.stringContaining('Nothing was changed.')]);
    expect(await endpoint.stackStates()).toEqual(before);

    const plan = JSON.parse(workspace.read('dist/migration/local/report.json')) as MigrationReport;
    const moves = plan.steps.flatMap((step) => step.moves ?? []);
    const stuck = plan.pairs.filter(({ fate }) => fate === 'cannot-move');
    const accounted = [...moves, ...stuck].map(({ from }) => from);
    const deployed = (await endpoint.logicalIds(monolith)).map((id) => `${monolith}/${id}`);
    expect(accounted.sort()).toEqual(deployed.sort());
    expect(new Set(moves.map(({ to }) => to.split('/')[0]))).toEqual(
      new Set(MODULAR.map((stack) => `v3-backend-local-${stack}`)),
    );
    for (const { obstacles, alternatives } of stuck) {
      expect(obstacles).not.toEqual([]);
      expect(alternatives).not.toEqual([]);
    }
    expect(plan).toMatchObject({ ambiguous: [], onlyDeployed: [], onlyTarget: [] });
  });

  test('and forward in one command; then there is nothing left to do', async () => {
    const { status, output } = await workspace.deploy(allowing(MONOLITH));
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect([having('destroyed'), having('created')]).toEqual([MONOLITH, MODULAR]);
    expect(await statuses()).toEqual(new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']));
    expect(await stackNames()).toHaveLength(14);
    const now = await values();
    expect(Object.keys(now)).toEqual(Object.keys(published));
    expect(lasting(now)).toEqual(lasting(published));
    expect((await workspace.deploy(allowing(MONOLITH))).status).toBe(0);
    expect(having('unchanged')).toHaveLength(14);
  });
});
