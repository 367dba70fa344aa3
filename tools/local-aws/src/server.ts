import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverEnvironment } from './environment';
import { LocalAwsError } from './errors';
import type { PythonEnvironment } from './install';
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
  const output = openSync(settings.logFile, 'w');
  const child = spawn(python.interpreter, ['-m', 'local_aws'], {
    cwd: settings.home,
    env: serverEnvironment(settings, python),
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  child.unref();
  let ended = false;
  child.once('error', () => (ended = true));
  child.once('exit', () => (ended = true));
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  if (identity) {
    const record = { ...identity, port: settings.port, since: new Date().toISOString() };
    writeFileSync(settings.processFile, JSON.stringify(record));
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!ended && Date.now() < deadline) {
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
