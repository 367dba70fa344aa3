import { joinPathFragments, offsetFromRoot, type Tree, writeJson } from '@nx/devkit';
import { statingTargets } from '../default-targets';

/** An Nx project that stands for a stack. */
export interface NewStackProject {
  /** The stack's folder, relative to the workspace. */
  readonly root: string;
  readonly project: string;
  readonly tags: readonly string[];
  /** Names of targets that it has as the workspace's defaults define them. */
  readonly targets?: readonly string[];
  /** Projects of the stacks that come before it. */
  readonly dependsOn: readonly string[];
}

/** Not with `addProjectConfiguration`, which adds an empty list of targets: those of the plug-in are inferred. */
export function addStackProject(tree: Tree, { root, project, tags, targets = [], dependsOn }: NewStackProject): void {
  writeJson(tree, joinPathFragments(root, 'project.json'), {
    $schema: `${offsetFromRoot(root)}node_modules/nx/schemas/project-schema.json`,
    name: project,
    projectType: 'library',
    sourceRoot: root,
    implicitDependencies: dependsOn,
    tags,
    ...statingTargets(targets),
  });
}
