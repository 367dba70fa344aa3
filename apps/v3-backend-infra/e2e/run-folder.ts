import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { personalEnvironment } from './personal-environment';

/** The folder's path, for the processes and contexts in which Jest runs the test files. */
const VARIABLE = 'V3_BACKEND_E2E_FOLDER';

/** Has a file for each process group that runs, named by its id. */
const groups = () => join(runFolder(), 'process-groups');

/** Makes the one folder that holds everything a run of these tests makes. */
export function createRunFolder(): void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'v3-backend-e2e-')));
  process.env[VARIABLE] = folder;
  mkdirSync(groups());
  // What the commands leave behind there goes with the folder.
  process.env['TMPDIR'] = join(folder, 'tmp');
  mkdirSync(process.env['TMPDIR']);
}

/** The folder of this run. */
export function runFolder(): string {
  const folder = process.env[VARIABLE];
  if (folder === undefined)
    throw new Error('These tests need their Jest configuration: its globalSetup prepares them.');
  return folder;
}

/** Ends every command and local endpoint that was started in this run, and removes its folder. */
export function removeRunFolder(): void {
  const folder = runFolder();
  for (const id of readdirSync(groups())) signalGroup(Number(id), 'SIGKILL');
  for (const name of readdirSync(folder)) stopEndpoint(join(folder, name));
  rmSync(folder, { recursive: true, force: true });
}

/** Stops the local endpoint of a copy of this workspace, if it runs. */
export function stopEndpoint(workspace: string): void {
  if (!existsSync(join(workspace, '.local-aws/endpoint.json'))) return;
  execFileSync(process.execPath, ['--import', 'tsx', 'tools/local-aws/src/cli.ts', 'stop'], {
    cwd: workspace,
    env: personalEnvironment(),
  });
}

/** Notes that a process group runs, so that it ends with the run, also when the test cannot end it. */
export function rememberGroup(id: number): void {
  writeFileSync(join(groups(), String(id)), '');
}

/** Notes that a process group has ended. */
export function forgetGroup(id: number): void {
  rmSync(join(groups(), String(id)), { force: true });
}

/** Sends a signal to a process group, unless it has just ended. */
export function signalGroup(id: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-id, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
