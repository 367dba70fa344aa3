import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { signalGroup } from '../../apps/v3-backend-infra/e2e/run-folder';

/**
 * Runs a program, which shows what it does, in a process group of its own, and ends what is left of the group after it. When
 * this process is told to end, the group is ended at once.
 *
 * @returns the code to exit with.
 */
export async function runInGroup(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(program, args, { env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  const end = () => {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  };
  let interruption: NodeJS.Signals | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interruption ??= signal;
      end();
    });
  }
  try {
    const code = await new Promise<number | null>((resolve, reject) =>
      child.once('error', reject).once('exit', (exitCode) => resolve(exitCode)),
    );
    return interruption ? 128 + constants.signals[interruption] : (code ?? 1);
  } finally {
    end();
  }
}
