import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { deploy } from '../../engine/deploy';
import { DEPLOY_OPTIONS, type DeployOptions, parseDeployOptions } from '../../options/options';
import { batchOf, singleOf } from '../entry-points';
import type { Action, TaskResult } from '../ship';
import type { TargetOptions } from '../target';

const action: Action<DeployOptions> = { name: 'deploy', kinds: DEPLOY_OPTIONS, parse: parseDeployOptions, run: deploy };

/** Ships one task's stacks; what Nx calls with `--no-batch`. */
export default (options: TargetOptions, context: ExecutorContext): Promise<TaskResult> =>
  singleOf(action, options, context);

/** Ships the stacks of all tasks in one run, in order; what Nx calls otherwise. */
export const batch = (
  graph: TaskGraph,
  inputs: Record<string, TargetOptions>,
  overrides: TargetOptions,
  context: ExecutorContext,
): Promise<Record<string, TaskResult>> => batchOf(action, graph, inputs, overrides, context);
