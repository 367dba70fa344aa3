import { Endpoint } from './endpoint';
import { WorkspaceCopy } from './workspace-copy';

const LOCAL = 'apps/v3-backend-infra/config/src/environments/local.ts';
const setting = (kind: 'direct' | 'ssm') => `crossStackReferences: '${kind}'`;

describe('an environment that moves from direct references to SSM and back', () => {
  let workspace: WorkspaceCopy;
  let endpoint: Endpoint;

  const moveTo = async (kind: 'direct' | 'ssm') => {
    workspace.edit(LOCAL, setting(kind === 'direct' ? 'ssm' : 'direct'), setting(kind));
    return workspace.deploy();
  };
  const exportNames = async () =>
    (await endpoint.stacks()).flatMap(({ Outputs = [] }) => Outputs.flatMap(({ ExportName }) => ExportName ?? []));
  const statuses = async () => new Set((await endpoint.stacks()).map(({ StackStatus }) => StackStatus));

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    endpoint = new Endpoint(workspace.port);
    const { status, output } = await workspace.deploy();
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(await exportNames()).toEqual([]);
  });
  afterAll(() => workspace.dispose());

  test('to direct references, in one command: the exports are there, and every stack is complete', async () => {
    const { status, output } = await moveTo('direct');
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect((await exportNames()).length).toBeGreaterThan(30);
    expect(await statuses()).toEqual(new Set(['UPDATE_COMPLETE']));
  });

  test('to SSM, in one command, although every export is in use: no export is left, no resource was replaced', async () => {
    const before = await endpoint.parameters();
    const { status, output } = await moveTo('ssm');
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(await exportNames()).toEqual([]);
    expect(await statuses()).toEqual(new Set(['UPDATE_COMPLETE']));
    // A task definition gets a new revision with every change; the others are names of resources.
    const lasting = (parameters: Record<string, string>) =>
      Object.entries(parameters).filter(([name]) => !/TaskDefinitionArn$|\/deploy\//.test(name));
    expect(lasting(await endpoint.parameters())).toEqual(lasting(before));
  });

  test('and then there is nothing left to do', async () => {
    expect((await workspace.deploy()).status).toBe(0);
    expect(new Set(Object.values(workspace.results()))).toEqual(new Set(['unchanged']));
  });
});
