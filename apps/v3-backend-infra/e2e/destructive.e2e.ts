import { WorkspaceCopy } from './workspace-copy';

const LOCAL = 'apps/v3-backend-infra/config/src/environments/local.ts';
const DEPENDENTS = ['app-shared', 'compute', 'log-forwarder', 'monitoring'];

describe('a change that the database would not survive', () => {
  let workspace: WorkspaceCopy;

  const having = (result: string) =>
    Object.entries(workspace.results()).flatMap(([stack, of]) => (of === result ? [stack] : []));
  const databaseError = () =>
    workspace.report().stacks.find(({ stackName }) => stackName.endsWith('-database'))?.error ?? '';

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    const { status, output } = await workspace.deploy();
    expect([status, output]).toEqual([0, expect.any(String)]);
  });
  afterAll(() => workspace.dispose());

  test('another major version of its engine: refused with resource and option, dependents are blocked, the rest ships', async () => {
    workspace.edit(LOCAL, "majorVersion: '17'", "majorVersion: '16'");
    workspace.edit(LOCAL, 'backupRetentionDays: 7', 'backupRetentionDays: 8');
    const { status, output } = await workspace.deploy();
    expect([status, output]).toEqual([1, expect.stringContaining('(AWS::RDS::DBInstance) would change the major')]);
    expect(databaseError()).toMatch(/--allowDestructive=DatabaseInstance\w+$/);
    expect([having('failed'), having('blocked'), having('updated')]).toEqual([['database'], DEPENDENTS, ['s3']]);
  });

  test('another name, by which it would be replaced: a dry run says so, and changes nothing', async () => {
    workspace.edit(LOCAL, "majorVersion: '16'", "majorVersion: '17'");
    workspace.edit(LOCAL, "databaseName: 'v3backend'", "databaseName: 'renamed'");
    const { status, output } = await workspace.deploy('--dryRun');
    expect([status, output]).toEqual([0, expect.stringMatching(/replace .*Instance.* \(AWS::RDS::DBInstance/)]);
  });

  test('it is replaced when its logical id is allowed, and everything is complete', async () => {
    expect((await workspace.deploy()).status).toBe(1);
    const option = /--allowDestructive=\S+/.exec(databaseError())?.[0] ?? '';
    const { status, output } = await workspace.deploy(option);
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(having('updated')).toContain('database');
    expect(having('failed')).toEqual([]);
  });
});
