import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportedStack, Workspace } from '../e2e/workspace';

/** The projects that each stack's project depends on. */
export type Dependencies = Readonly<Record<string, readonly string[]>>;

/** The stacks' dependencies, as their projects declare them. */
export function dependenciesIn(workspace: Workspace): Dependencies {
  const folder = 'apps/v3-backend-infra/stacks';
  return Object.fromEntries(
    readdirSync(join(workspace.root, folder)).map((stack) => {
      const { name, implicitDependencies = [] } = JSON.parse(workspace.read(`${folder}/${stack}/project.json`)) as {
        readonly name: string;
        readonly implicitDependencies?: readonly string[];
      };
      return [name, implicitDependencies];
    }),
  );
}

/**
 * The longest sum of durations along the dependencies, in milliseconds: what the stacks take, each in the time it took, if
 * nothing ever waits for anything else.
 */
export function longestPath(
  stacks: readonly Pick<ReportedStack, 'project' | 'durationMs'>[],
  dependencies: Dependencies,
): number {
  const durations = new Map(stacks.map(({ project, durationMs }) => [project, durationMs]));
  const known = new Map<string, number>();
  const until = (project: string): number => {
    if (!known.has(project)) {
      const before = (dependencies[project] ?? []).map(until);
      known.set(project, (durations.get(project) ?? 0) + Math.max(0, ...before));
    }
    return known.get(project)!;
  };
  return Math.max(0, ...[...durations.keys()].map((project) => (project === null ? 0 : until(project))));
}
