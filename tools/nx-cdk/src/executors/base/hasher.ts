import { writeSync } from 'node:fs';
import { type CustomHasher, type Hash, workspaceRoot } from '@nx/devkit';
import { type TargetOptions, wordsOf } from '../target';
import { printBase } from './print-base';

/**
 * Prints the base instead of hashing the task, when it is the only one, and ends Nx.
 *
 * Nx puts a title and a summary around the output of every task and has no option to leave them out, so a shell could not
 * take the base from it. A hasher is the part of a task that Nx runs in its own process, before it prints anything.
 */
const hasher: CustomHasher = async (task, { taskGraph, projectsConfigurations, hasher: nx }): Promise<Hash> => {
  if (Object.keys(taskGraph.tasks).length > 1) return nx.hashTask(task, taskGraph, process.env);
  const { project, target, configuration } = task.target;
  const { options, configurations = {} } = projectsConfigurations.projects[project]!.targets![target]!;
  const configured = {
    ...options,
    ...(configuration === undefined ? {} : configurations[configuration]),
  } as TargetOptions;
  const found = await printBase(
    configured,
    wordsOf(task.overrides),
    { root: workspaceRoot, projectsConfigurations },
    (line) => writeSync(process.stdout.fd, `${line}\n`),
    (line) => writeSync(process.stderr.fd, `${line}\n`),
  );
  process.exit(found ? 0 : 1);
};

export default hasher;
