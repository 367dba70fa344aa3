import type { ExecutorContext } from '@nx/devkit';
import { type TargetOptions, wordsOf } from '../target';
import { printBase } from './print-base';

/** Prints the base as a task among others, with what Nx puts around the output of a task. */
export default async function base(options: TargetOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  const success = await printBase(
    options,
    wordsOf(options),
    context,
    (line) => process.stdout.write(`${line}\n`),
    (line) => process.stderr.write(`${line}\n`),
  );
  return { success };
}
