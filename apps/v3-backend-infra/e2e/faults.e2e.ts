import { Endpoint } from './endpoint';
import { FaultProxy, sprinkle } from './fault-proxy';
import { seededRandom } from './seeded-random';
import { WorkspaceCopy } from './workspace-copy';

/** Which requests fail follows from it, and from the order in which they come. */
const SEED = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000);
/** The share of the requests that fail. */
const SHARE = 0.1;

describe(`a network and services that fail, with seed ${SEED}`, () => {
  let workspace: WorkspaceCopy;
  let endpoint: Endpoint;
  let proxy: FaultProxy;

  const nx = (target: string, ...options: string[]) =>
    workspace.nx(['run', `v3-backend-infra:${target}`, '--configuration=local', ...options]);

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    endpoint = new Endpoint(workspace.port);
    proxy = await new FaultProxy(workspace.port, sprinkle(SHARE, seededRandom(SEED))).listen();
    workspace.talkThrough(proxy.url);
  });
  afterAll(async () => {
    await workspace.dispose();
    await proxy.stop();
  });

  test('all stacks are created, each in one go, and the run says what was repeated', async () => {
    const { status, output } = await nx('deploy');
    expect([status, output]).toEqual([0, expect.stringContaining('throttled')]);
    expect(new Set(Object.values(workspace.results()))).toEqual(new Set(['created']));
    expect((await endpoint.stacks()).map(({ StackStatus }) => StackStatus)).toEqual(Array(14).fill('CREATE_COMPLETE'));
    expect(Math.min(...Object.values(proxy.faults))).toBeGreaterThan(0);
  });

  test('the same command again changes nothing', async () => {
    const before = await endpoint.stackStates();
    const { status, output } = await nx('deploy');
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(new Set(Object.values(workspace.results()))).toEqual(new Set(['unchanged']));
    expect(await endpoint.stackStates()).toEqual(before);
  });

  test('all stacks are destroyed, and nothing is left', async () => {
    const { status, output } = await nx('destroy', '--confirm=local');
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(await endpoint.stacks()).toEqual([]);
    expect(await endpoint.networksAndBuckets()).toEqual([]);
  });
});
