import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, processStart } from '../lock/this-process';

const WATCHED = join(__dirname, '../testing/watched-process.ts');
let folder: string;
let nx: ChildProcess | undefined;
let watched: { readonly pid: number; readonly start: string } | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nx-cdk-interrupts-'));
});

afterEach(async () => {
  nx?.kill('SIGKILL');
  if (nx && nx.exitCode === null && nx.signalCode === null) await once(nx, 'exit');
  if (watched && isRunning(watched.pid, watched.start)) process.kill(watched.pid, 'SIGKILL');
  rmSync(folder, { recursive: true });
});

const notes = () => (existsSync(join(folder, 'notes')) ? readFileSync(join(folder, 'notes'), 'utf8').split('\n') : []);

const errors = () => readFileSync(join(folder, 'errors'), 'utf8');

/** Starts the process the way Nx starts a batch, below one that takes the place of Nx. */
async function startBelowNx(channels: 'ipc' | '', text = ''): Promise<{ pid: number; start: string }> {
  const args = JSON.stringify(['--import', 'tsx', WATCHED, join(folder, 'notes'), text]);
  const fork = `
    const errors = require('node:fs').openSync(${JSON.stringify(join(folder, 'errors'))}, 'w');
    const stdio = ['ignore', 'pipe', errors, ${JSON.stringify(channels)}].filter(Boolean);
    require('node:child_process').spawn(process.execPath, ${args}, { stdio }).stdout.resume();
  `;
  nx = spawn(process.execPath, ['-e', fork], { stdio: 'inherit' });
  while (notes().length < 2) await sleep(10);
  const pid = Number(/started (\d+)/.exec(notes()[0] ?? '')?.[1]);
  watched = { pid, start: processStart(pid)! };
  return watched;
}

test.each([
  ['which its channel to Nx tells it', 'ipc', ''],
  ['which it finds out when it prints', '', 'text\n'],
] as const)(
  'a process whose Nx is killed, %s, leaves at once and ends without a crash',
  async (_claim, channels, text) => {
    const { pid, start } = await startBelowNx(channels, text);
    process.kill(nx!.pid!, 'SIGKILL');
    while (isRunning(pid, start)) await sleep(10);
    expect(notes().slice(1)).toEqual(['left, stopping', '']);
    expect(errors()).toMatch(/^Not waiting any longer\..*\n$/);
  },
);

test('a second Ctrl-C leaves, and the process goes on to tell Nx its result', async () => {
  const { pid, start } = await startBelowNx('ipc');
  process.kill(pid, 'SIGINT');
  while (!errors().includes('Press Ctrl-C again')) await sleep(10);
  expect(notes()).toHaveLength(2);
  process.kill(pid, 'SIGINT');
  while (notes().length < 4) await sleep(10);
  expect(notes().slice(1)).toEqual(['left, stopping', 'goes on', '']);
  nx!.kill('SIGKILL');
  while (isRunning(pid, start)) await sleep(10);
});
