import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { accessSync, constants } from 'node:fs';

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a program to its end and gives what it printed to stdout.
 *
 * @throws Error with everything it printed, if it fails.
 */
export function run(program: string, args: readonly string[], { cwd, env }: CommandOptions): string {
  const result = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (result.error) throw new Error(`${program} could not be started: ${result.error.message}`);
  if (result.status === 0) return result.stdout;
  const end = result.signal ? `was ended by ${result.signal}` : `failed with ${result.status}`;
  throw new Error(`${program} ${args.join(' ')} ${end}\n${result.stdout}${result.stderr}`.trimEnd());
}

/** Whether a program can be started by its name. */
export function isInstalled(program: string, path = process.env['PATH'] ?? ''): boolean {
  const names = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'].map((end) => program + end) : [program];
  return path.split(delimiter).some((folder) => names.some((name) => isExecutable(join(folder, name))));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
