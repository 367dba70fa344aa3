import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { assemblyDirectory } from '../../plugin/targets';
import { synthesize } from '../../synth/synthesize';
import { readTarget, type TargetOptions } from '../target';

/** Synthesizes an app for one environment. Prints nothing unless it fails. */
export default async function synth(options: TargetOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    const { app, environment } = readTarget(options, context);
    await synthesize(app, environment, context.root, join(context.root, assemblyDirectory(environment)));
    return { success: true };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { success: false };
  }
}
