import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface CommandOptions {
  readonly cwd: string;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end and gives what it printed to stdout.
 *
 * @throws Error with everything it printed, if it fails.
 */
export async function run(program: string, args: readonly string[], { cwd, env }: CommandOptions): Promise<string> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (printed[stream] += text));
  }
  const end = await new Promise<string | undefined>((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${program} could not be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(undefined);
      resolve(signal ? `was ended by ${signal}` : `failed with exit code ${code}`);
    });
  });
  if (end === undefined) return printed.stdout;
  throw new Error(`${program} ${args.join(' ')} ${end}\n${printed.stdout}${printed.stderr}`.trimEnd());
}

/** Whether a program can be started by its name. */
export function isInstalled(program: string): boolean {
  const names = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'].map((end) => program + end) : [program];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => names.some((name) => isExecutable(join(folder, name))));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
