import { RecordingProxy } from './recording-proxy';
import { WorkspaceCopy } from './workspace-copy';

/** What the deploy engine is known to call, by whose credentials. */
const KNOWN = 'tools/nx-cdk/src/credentials/aws-calls.json';

describe('what the deploy engine calls', () => {
  let workspace: WorkspaceCopy;
  let proxy: RecordingProxy;

  const nx = (target: string, ...options: string[]) =>
    workspace.nx(['run', `v3-backend-infra:${target}`, '--configuration=local', ...options]);

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    proxy = await new RecordingProxy(workspace.port).listen();
    workspace.talkThrough(proxy.url);
  });
  afterAll(async () => {
    await workspace.dispose();
    await proxy.stop();
  });

  test('from the first deploy to the last is what is known, by the credentials that are known', async () => {
    for (const options of [['--dryRun'], [], ['--imageTag=v2'], []]) {
      const { status, output } = await nx('deploy', ...options);
      expect([options, status, output]).toEqual([options, 0, expect.any(String)]);
    }
    // Whether all is well at the endpoint is not the question here.
    for (const target of ['status', 'diff', 'verify', 'doctor', 'base', 'unlock', 'rollback']) await nx(target);
    const { status, output } = await nx('destroy', '--confirm=local');
    expect([status, output]).toEqual([0, expect.any(String)]);

    const known = JSON.parse(workspace.read(KNOWN)) as Record<string, string[]>;
    const called = new Set(proxy.calls.map(({ by, action }) => `${by.replace(ROLE, '$1')} ${action}`));
    const listed = Object.entries(known).flatMap(([by, actions]) => actions.map((action) => `${by} ${action}`));
    expect([...called].filter((call) => !listed.includes(call))).toEqual([]);
    expect([...called]).toEqual(
      expect.arrayContaining(['deploy cloudformation:CreateChangeSet', 'lookup cloudformation:DescribeStacks']),
    );
  });

  test('with the process’s own credentials is about the engine’s records and the bootstrap’s roles', () => {
    const about = proxy.calls
      .filter(({ by, action }) => by === 'process' && !action.startsWith('ecs:'))
      .map((call) => `${call.action} ${call.about}`);
    expect([...new Set(about)].sort()).toEqual(
      [
        ...['lock', 'base'].flatMap((record) =>
          ['Get', 'Put', 'Delete'].map((verb) => `ssm:${verb}Parameter /v3-backend/local/deploy/${record}`),
        ),
        'ssm:GetParameter /v3-backend/local/deploy/lock/takeover',
        ...['Get', 'Delete'].map((verb) => `ssm:${verb}Parameter /v3-backend/local/deploy/carried-parameters`),
        ...['deploy', 'file-publishing', 'lookup'].map((role) => `sts:AssumeRole ${roleArn(role)}`),
        'sts:GetCallerIdentity ',
      ].sort(),
    );
  });
});

/** `cdk-<qualifier>-<role>-role-<account>-<region>` */
const ROLE = /^cdk-[^-]+-(.+)-role-\d{12}-.*$/;

const roleArn = (role: string) => `arn:aws:iam::123456789012:role/cdk-hnb659fds-${role}-role-123456789012-eu-west-1`;
