import { spawnSync } from 'node:child_process';

/**
 * Runs a program, which shows what it does.
 *
 * @throws when it does not end with 0.
 */
export function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  const { error, signal, status } = spawnSync(program, args, { stdio: 'inherit', env });
  if (error) throw new Error(`${program} could not be started: ${error.message}`);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${signal ?? status}`);
}

/**
 * Runs a program for what it prints.
 *
 * @throws when it does not end with 0, with what it wrote to stderr.
 */
export function outputOf(program: string, ...args: readonly string[]): string {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) throw new Error(`${program} could not be started: ${error.message}`);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stderr}`);
  return stdout.trim();
}

/** Lines of what a program prints, without empty ones. */
export function linesOf(program: string, ...args: readonly string[]): string[] {
  return outputOf(program, ...args)
    .split('\n')
    .filter((line) => line !== '');
}
