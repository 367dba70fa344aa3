import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverEnvironment } from './environment';
import { LocalAwsError } from './errors';
import type { PythonEnvironment } from './python-packages';
import { endProcess, identify, isRunning, type ProcessIdentity } from './processes';
import { endpointUrl, type Settings } from './settings';
import { lastLines } from './text';

const START_TIMEOUT_MS = 60_000;

/** The endpoint's process and port, as noted on disk. */
export interface ServerRecord extends ProcessIdentity {
  readonly port: number;
  /** When it was started, ISO 8601. */
  readonly since: string;
}

/** The endpoint that is running for this home folder, or undefined. */
export function runningServer(settings: Settings): ServerRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(settings.processFile, 'utf8')) as ServerRecord;
    return isRunning(record) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it answers. */
export async function isHealthy(port: number): Promise<boolean> {
  try {
    const response = await fetch(`${endpointUrl(port)}/_ministack/health`, { signal: AbortSignal.timeout(5_000) });
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Starts the endpoint in the background and waits until it answers.
 * @returns the record, and whether it began with what an earlier run had saved
 * @throws LocalAwsError with the last lines of its log when it does not start
 */
export async function startServer(
  settings: Settings,
  python: PythonEnvironment,
): Promise<{ record: ServerRecord; restored: boolean }> {
  const restored = keepOnlyCompleteState(settings);
  if (existsSync(settings.logFile)) {
    renameSync(settings.logFile, settings.logFile.replace(/\.log$/, '.previous.log'));
  }
  const pid = spawnOrphan(settings, python);
  const identity = pid === undefined ? undefined : identify(pid);
  if (identity) {
    const record = { ...identity, port: settings.port, since: new Date().toISOString() };
    writeFileSync(settings.processFile, JSON.stringify(record));
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (isRunning(record) && Date.now() < deadline) {
      if (await isHealthy(settings.port)) {
        return { record, restored };
      }
      await sleep(50);
    }
    await endProcess(record, 1_000);
    rmSync(settings.processFile, { force: true });
  }
  throw new LocalAwsError(
    `The local endpoint did not start. The last lines of ${settings.logFile}:\n${lastLines(settings.logFile, 20)}`,
  );
}

/** Starts `argv` as a process of its own, with its output in file descriptor 3, and prints its id. */
const LAUNCHER = `
  const [command, ...args] = process.argv.slice(1);
  const child = require('node:child_process').spawn(command, args, { detached: true, stdio: ['ignore', 3, 3] });
  child.once('error', (error) => require('node:fs').writeSync(3, error.message + '\\n'));
  if (child.pid !== undefined) process.stdout.write(String(child.pid));
  child.unref();
`;

/**
 * Starts the endpoint as no descendant of this process, through a launcher that ends at once: when a task is done, Nx
 * kills whatever descends from the task's process, detached or not.
 */
function spawnOrphan(settings: Settings, python: PythonEnvironment): number | undefined {
  const output = openSync(settings.logFile, 'w');
  const launcher = spawnSync(process.execPath, ['-e', LAUNCHER, python.interpreter, '-m', 'local_aws'], {
    cwd: settings.home,
    env: serverEnvironment(settings, python),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', output, output],
  });
  closeSync(output);
  const pid = Number.parseInt(launcher.stdout, 10);
  return Number.isNaN(pid) ? undefined : pid;
}

/** Stops the endpoint, which saves its state first. Returns what was running. */
export async function stopServer(settings: Settings): Promise<ServerRecord | undefined> {
  const record = runningServer(settings);
  if (record) {
    await endProcess(record);
  }
  rmSync(settings.processFile, { force: true });
  return record;
}

/** Forgets everything that was deployed. The endpoint must not be running. */
export function removeState(settings: Settings): void {
  for (const path of [settings.stateDir, settings.objectsDir, settings.effectsFile, join(settings.home, 'client')]) {
    rmSync(path, { recursive: true, force: true });
  }
}

/** State without the file that is written last is from an endpoint that was killed: it is older than what ran. */
function keepOnlyCompleteState(settings: Settings): boolean {
  const complete = join(settings.stateDir, 'complete');
  const isComplete = existsSync(complete);
  if (!isComplete) {
    removeState(settings);
  }
  rmSync(complete, { force: true });
  mkdirSync(settings.stateDir, { recursive: true });
  return isComplete;
}
