import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { assemblyProblems } from '../../assembly/assembly';
import { readAssembly } from '../../assembly/read-assembly';
import { assemblyDirectory } from '../../plugin/targets';
import { runApp } from '../../synth/run-app';
import { readTarget, type TargetOptions } from '../target';

/** Synthesizes an app for one environment. Prints nothing unless it fails. */
export default async function synth(options: TargetOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    const { app, environment } = readTarget(options, context);
    await runApp({
      command: app.command,
      cwd: join(context.root, app.root),
      context: { ...app.context, environment },
      outdir: join(context.root, assemblyDirectory(environment)),
      check: (directory) => assemblyProblems(readAssembly(directory)),
    });
    return { success: true };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { success: false };
  }
}
