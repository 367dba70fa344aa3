import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { rollback } from '../../engine/rollback';
import { ROLLBACK_OPTIONS, type RollbackOptions, parseRollbackOptions } from '../../options/options';
import { batchOf, singleOf } from '../entry-points';
import type { Action, TaskResult } from '../ship';
import type { TargetOptions } from '../target';

const action: Action<RollbackOptions> = {
  name: 'rollback',
  kinds: ROLLBACK_OPTIONS,
  parse: parseRollbackOptions,
  run: rollback,
};

/** Rolls one task's stacks back; what Nx calls with `--no-batch`. */
export default (options: TargetOptions, context: ExecutorContext): Promise<TaskResult> =>
  singleOf(action, options, context);

/** Rolls the stacks of all tasks back in one run; what Nx calls otherwise. */
export const batch = (
  graph: TaskGraph,
  inputs: Record<string, TargetOptions>,
  overrides: TargetOptions,
  context: ExecutorContext,
): Promise<Record<string, TaskResult>> => batchOf(action, graph, inputs, overrides, context);
