import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { destroy } from '../../engine/destroy';
import { DESTROY_OPTIONS, type DestroyOptions, parseDestroyOptions } from '../../options/options';
import { batchOf, singleOf } from '../entry-points';
import type { Action, TaskResult } from '../ship';
import type { TargetOptions } from '../target';

const action: Action<DestroyOptions> = {
  name: 'destroy',
  kinds: DESTROY_OPTIONS,
  parse: parseDestroyOptions,
  run: destroy,
};

/** Deletes one task's stacks; what Nx calls with `--no-batch`. */
export default (options: TargetOptions, context: ExecutorContext): Promise<TaskResult> =>
  singleOf(action, options, context);

/** Deletes the stacks of all tasks in one run, dependents first; what Nx calls otherwise. */
export const batch = (
  graph: TaskGraph,
  inputs: Record<string, TargetOptions>,
  overrides: TargetOptions,
  context: ExecutorContext,
): Promise<Record<string, TaskResult>> => batchOf(action, graph, inputs, overrides, context);
