import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { type Action, shipTasks, type TaskResult } from './ship';
import { type TargetOptions, wordsOf } from './target';

/** Runs one task. */
export async function singleOf<Options extends { readonly verbose: boolean }>(
  action: Action<Options>,
  options: TargetOptions,
  context: ExecutorContext,
): Promise<TaskResult> {
  const { projectName: project = options.app, configurationName = '' } = context;
  const id = `${project}:${action.name}:${configurationName}`;
  const results = await shipTasks(action, [{ id, project, options }], wordsOf(options), context);
  return results[id]!;
}

/** Runs all tasks of a batch together. */
export function batchOf<Options extends { readonly verbose: boolean }>(
  action: Action<Options>,
  graph: TaskGraph,
  inputs: Record<string, TargetOptions>,
  overrides: TargetOptions,
  context: ExecutorContext,
): Promise<Record<string, TaskResult>> {
  const tasks = Object.entries(inputs).map(([id, options]) => ({
    id,
    project: graph.tasks[id]!.target.project,
    options,
  }));
  return shipTasks(action, tasks, wordsOf(overrides), context);
}
