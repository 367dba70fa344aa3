import { execFile, execFileSync } from 'node:child_process';
import { Endpoint } from './endpoint';
import { personalEnvironment } from './personal-environment';
import { WorkspaceCopy } from './workspace-copy';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const STACKS = 'apps/v3-backend-infra/stacks';
const BASE = 'npx nx run v3-backend-infra:base --configuration=local';
const DEPLOY_AFFECTED = `npx nx affected -t deploy --configuration=local --base=$(${BASE})`;

describe('the base of the local environment', () => {
  let workspace: WorkspaceCopy;

  /** Runs a line as a person types it. */
  const shell = (line: string, env: NodeJS.ProcessEnv = {}) =>
    new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
      const options = {
        cwd: workspace.root,
        env: personalEnvironment({ LOCAL_AWS_PORT: String(workspace.port), ...env }),
        maxBuffer: 2 ** 26,
      };
      const child = execFile('sh', ['-c', line], options, (_error, stdout, stderr) =>
        resolve({ status: child.exitCode ?? 1, stdout, stderr }),
      );
    });

  /** The commit that is checked out, as git prints it. */
  const head = () => execFileSync('git', ['rev-parse', 'HEAD'], { cwd: workspace.root, encoding: 'utf8' });

  const shipped = () =>
    Object.entries(workspace.results())
      .filter(([, result]) => result === 'created' || result === 'updated')
      .map(([stack]) => stack)
      .sort();

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
  });
  afterAll(async () => {
    await shell('npx nx daemon --stop', { NX_DAEMON: 'true' });
    await workspace.dispose();
  });

  test('before anything is deployed it is git’s empty tree, alone on standard output; the endpoint is started', async () => {
    expect(await shell(BASE)).toEqual({
      status: 0,
      stdout: `${EMPTY_TREE}\n`,
      stderr: expect.stringMatching(/local AWS endpoint started[^]*Everything counts as changed/) as string,
    });
  });

  test('an unknown option, and an unknown environment, print nothing that a shell would take for a base', async () => {
    for (const [line, message] of [
      [`${BASE} --nonsense`, '--nonsense is not an option'],
      [BASE.replace('=local', '=nowhere'), 'Add --configuration=<local|'],
    ] as const) {
      expect(await shell(line)).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining(message) as string });
    }
  });

  test('everything is affected then, and what is deployed becomes the base', async () => {
    const { status, stdout } = await shell(DEPLOY_AFFECTED);
    expect([status, stdout]).toEqual([0, expect.any(String)]);
    expect(shipped()).toHaveLength(14);
    expect((await shell(BASE)).stdout).toBe(head());
    expect((await shell(BASE, { NX_DAEMON: 'true' })).stdout).toBe(head());
  });

  test('what a failed deploy did not get to is shipped by a later one, although its own commit does not touch it', async () => {
    const deployed = head();
    await new Endpoint(workspace.port).putParameter('/v3-backend/taken', 'by somebody else');
    const broken = `this.webAcl.publish(new SsmContract({ environment, stack: 'waf' }));
    new StringParameter(this, 'Taken', { parameterName: '/v3-backend/taken', stringValue: 'x' });`;
    const [publish] = broken.split('\n') as [string];
    workspace.edit(`${STACKS}/waf/stack.ts`, publish, broken);
    const cdk = "import { Stack, type StackProps } from 'aws-cdk-lib';";
    workspace.edit(`${STACKS}/waf/stack.ts`, cdk, `${cdk}\nimport { StringParameter } from 'aws-cdk-lib/aws-ssm';`);
    workspace.edit(`${STACKS}/log-forwarder/stack.ts`, "application: 'v3-backend'", "application: 'backend'");
    workspace.commit('feat: a change that fails, and one that waits for its turn');
    expect((await shell(`${DEPLOY_AFFECTED} --concurrency=1 --continueOnError=false`)).status).not.toBe(0);
    expect(workspace.results()).toMatchObject({ waf: 'failed', 'log-forwarder': 'skipped' });
    expect((await shell(BASE)).stdout).toBe(deployed);

    workspace.edit(`${STACKS}/waf/stack.ts`, "'/v3-backend/taken'", "'/v3-backend/free'");
    workspace.commit('fix(waf): a name of its own');
    const { status, stdout } = await shell(DEPLOY_AFFECTED);
    expect([status, stdout]).toEqual([0, expect.any(String)]);
    expect(shipped()).toEqual(['log-forwarder', 'waf']);
    expect((await shell(BASE)).stdout).toBe(head());
  });

  test('what a failed deploy did ship, and a revert took back, is found again: everything counts as changed', async () => {
    workspace.edit(`${STACKS}/log-forwarder/stack.ts`, "application: 'backend'", "application: 'other'");
    workspace.edit(`${STACKS}/waf/stack.ts`, "'/v3-backend/free'", "'/v3-backend/taken'");
    workspace.commit('feat: a change that ships, and one that fails');
    expect((await shell(DEPLOY_AFFECTED)).status).not.toBe(0);
    expect(workspace.results()).toMatchObject({ waf: 'failed', 'log-forwarder': 'updated' });

    workspace.edit(`${STACKS}/log-forwarder/stack.ts`, "application: 'other'", "application: 'backend'");
    workspace.edit(`${STACKS}/waf/stack.ts`, "'/v3-backend/taken'", "'/v3-backend/free'");
    workspace.commit('revert: both');
    expect((await shell(BASE)).stdout).toBe(`${EMPTY_TREE}\n`);
    const { status, stdout } = await shell(DEPLOY_AFFECTED);
    expect([status, stdout]).toEqual([0, expect.any(String)]);
    expect(shipped()).toContain('log-forwarder');
    expect((await shell(BASE)).stdout).toBe(head());
  });

  test('the plug-in’s sources are used as they are now, also with a daemon that loaded them before', async () => {
    workspace.edit('tools/nx-cdk/src/executors/base/print-base.ts', 'print(revision)', 'print(`edited ${revision}`)');
    for (const NX_DAEMON of ['true', 'false']) {
      expect(await shell(BASE, { NX_DAEMON })).toMatchObject({ status: 0, stdout: `edited ${head()}` });
    }
  });
});
