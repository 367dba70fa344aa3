import { Endpoint } from './endpoint';
import { WorkspaceCopy } from './workspace-copy';

const LOCK = '/v3-backend/local/deploy/lock';

describe('the lock of the local environment', () => {
  let workspace: WorkspaceCopy;
  let endpoint: Endpoint;

  const unlock = () => workspace.nx(['run', 'v3-backend-infra:unlock', '--configuration=local']);

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    endpoint = new Endpoint(workspace.port);
    await workspace.nx(['run', 'local-aws:start']);
  });
  afterAll(() => workspace.dispose());

  test('unlock refuses while a stack is in progress, naming it, and lifts the lock after that', async () => {
    await endpoint.putParameter(LOCK, lockOf('somebody@elsewhere'));
    await endpoint.createEndlessly('v3-backend-local-waf');
    const refused = await unlock();
    const reason = 'CloudFormation still works on v3-backend-local-waf (CREATE_IN_PROGRESS)';
    expect([refused.status, refused.output]).toEqual([1, expect.stringContaining(reason)]);
    expect(await endpoint.parameters()).toHaveProperty([LOCK]);

    await endpoint.delete('v3-backend-local-waf');
    const { status, output } = await unlock();
    expect([status, output]).toEqual([0, expect.stringContaining('held by somebody@elsewhere')]);
    expect(await endpoint.parameters()).toEqual({});
  });

  test('unlock says so when there is no lock', async () => {
    const { status, output } = await unlock();
    expect([status, output]).toEqual([0, expect.stringContaining('local is not locked.')]);
  });

  test('a lock of another machine stops a deploy, which says how to lift it', async () => {
    await endpoint.putParameter(LOCK, lockOf('somebody@elsewhere'));
    const { status, output } = await workspace.deploy();
    expect([status, output]).toEqual([1, expect.stringContaining('local is locked by somebody@elsewhere')]);
    expect(output).toContain('npx nx run v3-backend-infra:unlock --configuration=local');
    expect(await endpoint.stacks()).toEqual([]);
    expect((await unlock()).status).toBe(0);
  });

  test('of two deploys started together one works, and the other refuses without waiting for it', async () => {
    const runs = ['--concurrency=1', '--concurrency=2'].map((option) =>
      workspace.start(['run', 'v3-backend-infra:deploy', '--configuration=local', option]),
    );
    const first = await Promise.race(runs.map((run) => run.finished.then(() => run)));
    const other = runs.find((run) => run !== first)!;
    expect(await Promise.race([other.finished, Promise.resolve('still runs')])).toBe('still runs');

    const refused = await first.finished;
    expect(refused.output).toMatch(/local is locked by \S+@\S+ \(process \d+\) since .*v3-backend-infra:deploy/);
    expect(refused.status).not.toBe(0);
    const worked = await other.finished;
    expect([worked.status, worked.output]).toEqual([0, expect.any(String)]);
    expect((await endpoint.stacks()).map(({ StackStatus }) => StackStatus)).toEqual(Array(14).fill('CREATE_COMPLETE'));
    expect(await endpoint.parameters()).not.toHaveProperty([LOCK]);
  });
});

/** A lock as the engine keeps it. */
function lockOf(owner: string): string {
  const holder = { id: 'theirs', owner, host: 'elsewhere', pid: 42, processStart: '1' };
  return JSON.stringify({ ...holder, commit: null, command: 'nx x', since: '2026-01-01T00:00:00.000Z' });
}
