import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertNoRealCredentials } from './credentials';
import { withLock } from './lock';
import { assertPortFree } from './ports';
import { identify, isRunning } from './processes';
import { findPython } from './python';
import { runningServer } from './server';
import { readSettings } from './settings';
import { fakePython, rejectionOf } from './testing/fakes';

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'local-aws-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('real credentials', () => {
  test('an environment without any, or with those of the local endpoint, is accepted', () => {
    expect(() => assertNoRealCredentials({ PATH: '/bin' })).not.toThrow();
    expect(() =>
      assertNoRealCredentials({
        AWS_ACCESS_KEY_ID: 'test',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
        AWS_PROFILE: '',
      }),
    ).not.toThrow();
  });

  test('every variable in the way is named in one message, with what to do and without its value', () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIASECRET',
      AWS_SESSION_TOKEN: 'tokenvalue',
      AWS_PROFILE: 'prod',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.2/x',
      AWS_ENDPOINT_URL_S3: 'https://s3.example.com',
    };
    const message = messageOf(() => assertNoRealCredentials(env));
    for (const name of Object.keys(env)) {
      expect(message).toContain(`- ${name} `);
      expect(message).toContain(`-u ${name}`);
    }
    expect(message).not.toMatch(/AKIASECRET|tokenvalue/);
  });

  test.each(['http://127.0.0.1.example.com', 'http://10.0.0.1:4566', 'not a url', 'https://localhost.evil.io'])(
    'the endpoint %s is not this machine',
    (url) => expect(() => assertNoRealCredentials({ AWS_ENDPOINT_URL: url })).toThrow('AWS_ENDPOINT_URL'),
  );
});

describe('settings', () => {
  test.each(['80', '65536', '4566x', '-1', '1e4'])('LOCAL_AWS_PORT=%s is refused with the allowed range', (port) => {
    expect(() => readSettings({}, { LOCAL_AWS_PORT: port })).toThrow('between 1024 and 65535');
  });

  test('without variables, the port is 4566 and everything lies in .local-aws of the workspace', () => {
    const settings = readSettings({ workspaceRoot: folder }, {});
    expect(settings).toMatchObject({ port: 4566, url: 'http://127.0.0.1:4566', home: join(folder, '.local-aws') });
  });
});

describe('Python', () => {
  test('the first of the usual names that is new enough is taken', async () => {
    fakePython(folder, 'python3', '3.9.2');
    const newer = fakePython(folder, 'python3.12', '3.12.1');
    expect(await findPython('MiniStack', { PATH: `${folder}:/bin` })).toEqual({ path: newer, version: '3.12.1' });
  });

  test('LOCAL_AWS_PYTHON is taken, and nothing else when it does not fit', async () => {
    fakePython(folder, 'python3', '3.12.1');
    const old = fakePython(folder, 'old', '3.8.18');
    await expect(findPython('MiniStack', { PATH: folder, LOCAL_AWS_PYTHON: old })).rejects.toThrow(
      `${old}: version 3.8.18`,
    );
  });

  test('without a suitable one, the message lists what was found and what to do', async () => {
    fakePython(folder, 'python3', '2.7.18');
    const message = await rejectionOf(findPython('MiniStack', { PATH: `${folder}:/bin-without-python` }));
    expect(message).toContain('MiniStack needs Python 3.10 or newer');
    expect(message).toContain('python3: version 2.7.18');
    expect(message).toContain('python3.13: not found');
    expect(message).toContain('LOCAL_AWS_PYTHON');
  });
});

describe('processes', () => {
  test('a number that another process has got since is not taken for ours', () => {
    const settings = readSettings({ workspaceRoot: folder }, {});
    mkdirSync(settings.home);
    const me = identify(process.pid)!;
    const record = (startedAt: string) => JSON.stringify({ pid: me.pid, startedAt, port: 4566, since: '' });
    writeFileSync(settings.processFile, record(me.startedAt));
    expect(runningServer(settings)?.pid).toBe(process.pid);
    writeFileSync(settings.processFile, record('long ago'));
    expect(runningServer(settings)).toBeUndefined();
  });

  test('a process that has ended is not running', async () => {
    const child = spawn('sleep', ['60']);
    const identity = identify(child.pid!)!;
    expect(isRunning(identity)).toBe(true);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(isRunning(identity)).toBe(false);
  });

  test('two that start at once take turns', async () => {
    const steps: string[] = [];
    const work = (name: string) => async () => {
      steps.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      steps.push(`${name} ends`);
    };
    const lock = join(folder, 'lock');
    await Promise.all([withLock(lock, work('one')), withLock(lock, work('two'))]);
    expect(steps[0]!.split(' ')[0]).toBe(steps[1]!.split(' ')[0]);
    expect(steps).toHaveLength(4);
    expect(existsSync(lock)).toBe(false);
  });

  test('the lock of a dead process is lifted', async () => {
    const lock = join(folder, 'lock');
    writeFileSync(lock, JSON.stringify({ pid: process.pid, startedAt: 'before' }));
    expect(await withLock(lock, async () => 'done')).toBe('done');
  });
});

describe('port', () => {
  test('one that is taken is refused, naming the process and another port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const message = await rejectionOf(assertPortFree(port));
    expect(message).toContain(`process ${process.pid} (`);
    expect(message).toContain('LOCAL_AWS_PORT=');
    await new Promise((resolve) => server.close(resolve));
    await expect(assertPortFree(port)).resolves.toBeUndefined();
  });
});

function messageOf(call: () => void): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
