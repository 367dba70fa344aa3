import DefaultChangelogRenderer from 'nx/release/changelog-renderer';

/** The parts of a change that say whom it concerns. */
export interface ScopedChange {
  /** What its commit names, such as `alb` or `alb,compute`. */
  readonly scope: string;
  /** Whose files it changes; `*` if there is one among them that is in no project. */
  readonly affectedProjects?: '*' | readonly string[];
}

/**
 * How changelogs are written; `nx.json` names this file. For Nx, a change of a file in no project, such as `nx.json`, is in
 * the changelogs of all packages. Here it is in those that its commit names.
 */
export default class PackageChangelogRenderer extends DefaultChangelogRenderer {
  protected override filterChanges(...[changes, project]: Parameters<DefaultChangelogRenderer['filterChanges']>) {
    return super.filterChanges(changes, project).filter((change) => project === null || concerns(change, project));
  }
}

/** Whether a change that may concern a project does. */
export function concerns({ scope, affectedProjects }: ScopedChange, project: string): boolean {
  if (affectedProjects !== '*' || scope === '') return true;
  return scope.split(',').some((name) => name.trim() === project);
}
