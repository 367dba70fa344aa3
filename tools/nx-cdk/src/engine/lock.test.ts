import { spawnSync } from 'node:child_process';
import { formatLock, type Lock, parseLock } from '../lock/lock';
import { thisProcess } from '../lock/this-process';
import { CHAIN_AND_LONER } from '../testing/sample-apps';
import { resultsOf, TestRig } from '../testing/test-rig';
import { AwsError } from '../testing/wire';

const NAME = '/nx-cdk/app/test/lock';
let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start(CHAIN_AND_LONER);
});

afterEach(() => rig.stop());

/** Somebody else's lock; of a process that is this one, unless it says otherwise. */
function leave(difference: Partial<Lock> = {}): void {
  const theirs = {
    ...thisProcess(),
    id: 'theirs',
    owner: 'ann@laptop',
    commit: 'c0ffee',
    command: 'nx run app:deploy',
  };
  rig.aws.parameters.set(NAME, formatLock({ ...theirs, since: new Date(0).toISOString(), ...difference }));
}

const gone = () => ({ pid: spawnSync(process.execPath, ['-e', '']).pid });
const lockCalls = () =>
  rig.aws.calls.map(({ action }) => action).filter((action) => /^(Put|Delete)Parameter/.test(action));

describe('a deploy', () => {
  test('holds the lock while it ships, and then releases it', async () => {
    const seen: (string | undefined)[] = [];
    await rig.deploy(
      {},
      { listener: ({ type }) => void (type === 'stack-started' && seen.push(rig.aws.parameters.get(NAME))) },
    );
    expect(seen).toHaveLength(5);
    for (const text of seen) expect(parseLock(text ?? '')).toMatchObject({ pid: process.pid, command: 'nx run app' });
    expect(rig.aws.parameters.has(NAME)).toBe(false);
  });

  test('with nothing to ship takes no lock', async () => {
    await rig.deploy();
    await rig.deploy();
    expect(lockCalls()).toEqual([]);
  });

  test('is refused while another one runs, names its holder, and changes nothing', async () => {
    leave();
    const report = await rig.deploy();
    expect(report).toMatchObject({ ok: false, problems: [expect.stringContaining('test is locked by ann@laptop')] });
    expect(rig.aws.changes).toEqual([]);
    expect(parseLock(rig.aws.parameters.get(NAME) ?? '')?.id).toBe('theirs');
  });

  test('is refused by a lock of another machine, with the command that lifts it', async () => {
    leave({ host: 'elsewhere', ...gone() });
    expect((await rig.deploy()).problems).toEqual([
      expect.stringContaining('npx nx run app:unlock --configuration=test'),
    ]);
  });

  test('takes over what a killed one left', async () => {
    leave(gone());
    expect((await rig.deploy()).ok).toBe(true);
    expect(rig.aws.parameters.has(NAME)).toBe(false);
  });

  test('removes what one left that was killed after its last stack, although there is nothing to ship', async () => {
    await rig.deploy();
    leave(gone());
    expect((await rig.deploy()).stacks.map(({ result }) => result)).toEqual(Array(5).fill('unchanged'));
    expect(rig.aws.parameters.has(NAME)).toBe(false);
  });

  test('releases the lock when stacks fail, and when it is detached', async () => {
    rig.aws.cloudFormation.failing.set('aTopic', 'no');
    expect((await rig.deploy()).ok).toBe(false);
    expect(rig.aws.parameters.has(NAME)).toBe(false);

    let detach = () => undefined as void;
    const interrupts = { stopping: false, detached: new Promise<void>((resolve) => (detach = resolve)) };
    rig.workspace.synthesize({ ...CHAIN_AND_LONER, d: { version: '2' } });
    await rig.deploy({}, { interrupts, listener: ({ type }) => void (type === 'stack-started' && detach()) });
    expect(rig.aws.parameters.has(NAME)).toBe(false);
  });

  test('says which parameter it must be allowed to write', async () => {
    rig.aws.fault = ({ action }) =>
      action === 'PutParameter' ? new AwsError(400, 'AccessDeniedException', 'not authorized') : undefined;
    expect((await rig.deploy()).problems).toEqual([expect.stringMatching(/not allowed.*\/nx-cdk\/app\/test\/lock/)]);
    expect(rig.aws.changes).toEqual([]);
  });

  test('that shipped is no failure when the lock cannot be released', async () => {
    rig.aws.fault = ({ action }) =>
      action === 'DeleteParameter' ? new AwsError(400, 'AccessDeniedException', 'not authorized') : undefined;
    expect((await rig.deploy()).ok).toBe(true);
    expect(rig.events).toContainEqual({ type: 'notice', text: expect.stringContaining('app:unlock') as string });
  });

  test('that is a dry run neither takes the lock nor is refused by it', async () => {
    leave();
    expect(resultsOf(await rig.deploy({ dryRun: true }))).toMatchObject({ a: 'skipped' });
    expect(lockCalls()).toEqual([]);
  });
});

describe('unlock', () => {
  test('says so when there is no lock, and changes nothing', async () => {
    expect(await rig.unlock()).toBe('test is not locked.');
    expect(lockCalls()).toEqual([]);
  });

  test('lifts a lock of another machine, and says whose it was', async () => {
    leave({ host: 'elsewhere' });
    rig.aws.parameters.set(`${NAME}/takeover`, 'left');
    expect(await rig.unlock()).toContain('Lifted the lock of test, held by ann@laptop');
    expect([...rig.aws.parameters.keys()].filter((name) => name.startsWith(NAME))).toEqual([]);
    expect((await rig.deploy()).ok).toBe(true);
  });

  test('lifts a lock that nobody can read', async () => {
    rig.aws.parameters.set(NAME, 'by hand');
    expect(await rig.unlock()).toContain('by hand');
    expect(rig.aws.parameters.has(NAME)).toBe(false);
  });

  test('refuses while its holder runs on this machine', async () => {
    leave();
    await expect(rig.unlock()).rejects.toThrow('wait for its end, or end it');
    expect(rig.aws.parameters.has(NAME)).toBe(true);
  });

  test.each(['CREATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'DELETE_IN_PROGRESS'])(
    'refuses while a stack is %s, naming it',
    async (status) => {
      leave({ host: 'elsewhere' });
      rig.aws.cloudFormation.leave('c', status);
      await expect(rig.unlock()).rejects.toThrow(`CloudFormation still works on c (${status})`);
      expect(rig.aws.parameters.has(NAME)).toBe(true);
    },
  );

  test('does not wait for a stack that is only a shell with a change set', async () => {
    leave({ host: 'elsewhere' });
    rig.aws.cloudFormation.leave('c', 'REVIEW_IN_PROGRESS');
    expect(await rig.unlock()).toContain('ann@laptop');
  });

  test('refuses with credentials for another account, before it looks for the lock', async () => {
    rig.workspace.synthesize({ a: { account: '999999999999' } });
    await expect(rig.unlock()).rejects.toThrow('999999999999');
    expect(rig.aws.calls.map(({ action }) => action)).toEqual(['GetCallerIdentity']);
  });
});
