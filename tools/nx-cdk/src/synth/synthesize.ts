import { join } from 'node:path';
import { assemblyProblems } from '../assembly/assembly';
import { readAssembly } from '../assembly/read-assembly';
import type { AppModel } from '../config/app-model';
import { runApp } from './run-app';

/**
 * Synthesizes an app for one environment.
 *
 * @param outdir absolute path of the assembly.
 * @throws with what the app printed when it fails, and with every problem when its assembly must not be shipped.
 */
export function synthesize(
  { command, root, context }: Pick<AppModel, 'command' | 'root' | 'context'>,
  environment: string,
  workspaceRoot: string,
  outdir: string,
): Promise<void> {
  return runApp({
    command,
    cwd: join(workspaceRoot, root),
    context: { ...context, environment },
    outdir,
    check: (directory) => assemblyProblems(readAssembly(directory)),
  });
}
