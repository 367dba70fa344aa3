import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { type Action, shipTasks, type TaskResult } from './ship';
import { type TargetOptions, wordsOf } from './target';

/** What Nx calls of an executor. */
export interface EntryPoints {
  /** Runs one task; with `--no-batch`. */
  readonly single: (options: TargetOptions, context: ExecutorContext) => Promise<TaskResult>;
  /** Runs all tasks together. */
  readonly batch: (
    graph: TaskGraph,
    inputs: Record<string, TargetOptions>,
    overrides: TargetOptions,
    context: ExecutorContext,
  ) => Promise<Record<string, TaskResult>>;
}

/** The entry points of an action's executor. */
export function entryPointsOf<Options extends { readonly verbose: boolean }>(action: Action<Options>): EntryPoints {
  return {
    single: async (options, context) => {
      const { projectName: project = options.app, configurationName = '' } = context;
      const id = `${project}:${action.name}:${configurationName}`;
      const results = await shipTasks(action, [{ id, project, options }], wordsOf(options), context);
      return results[id]!;
    },
    batch: (graph, inputs, overrides, context) => {
      const tasks = Object.entries(inputs).map(([id, options]) => ({
        id,
        project: graph.tasks[id]!.target.project,
        options,
      }));
      return shipTasks(action, tasks, wordsOf(overrides), context);
    },
  };
}
