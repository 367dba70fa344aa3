import { Endpoint } from './endpoint';
import { WorkspaceCopy } from './workspace-copy';

/** What the waf stack publishes: while somebody else's parameter has the name, CloudFormation cannot create it. */
const TAKEN = '/v3-backend/local/waf/webAclArn';
/** The construct that could not be made, and why. */
const CAUSE = /WebAcl\/Contract\/WebAclArn\/Resource \(AWS::SSM::Parameter\): .*already exists/;
/** What needs waf, directly or by others. */
const DEPENDENTS = ['alb', 'compute', 'monitoring'];

describe('a stack that cannot be created', () => {
  let workspace: WorkspaceCopy;
  let endpoint: Endpoint;

  /** Names of the stacks by their result. */
  const byResult = () => {
    const groups: Record<string, string[]> = {};
    for (const [stack, result] of Object.entries(workspace.results())) (groups[result] ??= []).push(stack);
    return groups;
  };

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    endpoint = new Endpoint(workspace.port);
    await workspace.nx(['run', 'local-aws:start']);
    await endpoint.putParameter(TAKEN, "somebody else's");
  });
  afterAll(() => workspace.dispose());

  test('fails with its cause, what needs it is blocked, everything else ships, and the command fails', async () => {
    const { status, output } = await workspace.deploy();
    expect([status, output]).toEqual([1, expect.stringMatching(CAUSE)]);
    expect(workspace.report().ok).toBe(false);
    const { created, ...others } = byResult();
    expect(others).toEqual({ failed: ['waf'], blocked: DEPENDENTS });
    expect(created).toHaveLength(10);
    const failed = workspace.report().stacks.find(({ result }) => result === 'failed');
    expect(failed?.error).toMatch(CAUSE);
  });

  test('fails again as long as nothing is mended, and ships nothing else', async () => {
    const { status } = await workspace.deploy();
    expect(status).toBe(1);
    expect(byResult()).toMatchObject({ failed: ['waf'], blocked: DEPENDENTS });
    expect(byResult()).not.toHaveProperty('updated');
  });

  test('ships with what was blocked by the same command, once the cause is mended, and nothing else does', async () => {
    await endpoint.deleteParameter(TAKEN);
    const { status, output } = await workspace.deploy();
    expect([status, output]).toEqual([0, expect.any(String)]);
    const { created, unchanged, ...others } = byResult();
    expect(created).toEqual(['waf', ...DEPENDENTS]);
    expect(unchanged).toHaveLength(10);
    expect(others).toEqual({});
    expect((await endpoint.stacks()).map(({ StackStatus }) => StackStatus)).toEqual(Array(14).fill('CREATE_COMPLETE'));
  });
});
