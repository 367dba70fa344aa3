import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { join } from 'node:path';

/** Runs Nx as the terminal would, and returns its exit code. */
export function nx(args: string[]): number {
  return run(args, 'inherit').status ?? 1;
}

/**
 * What Nx prints on standard output; standard error goes to the terminal.
 *
 * @throws when it fails.
 */
export function nxOutput(args: string[]): string {
  const { status, stdout } = run(args, 'pipe');
  if (status !== 0) throw new Error(`nx ${args.join(' ')} failed.`);
  return stdout;
}

function run(args: string[], stdout: 'inherit' | 'pipe'): SpawnSyncReturns<string> {
  const program = join(require.resolve('nx/package.json'), '..', 'dist', 'bin', 'nx.js');
  return spawnSync(process.execPath, [program, ...args], { stdio: ['inherit', stdout, 'inherit'], encoding: 'utf8' });
}
