import { joinPathFragments, type ProjectConfiguration, type Tree } from '@nx/devkit';
import type { StackProject } from '../../config/app-model';
import { defaultTargets } from '../default-targets';

/** A stack of the app that is there already, from which a new one takes over what is a matter of taste. */
export interface Neighbour extends StackProject {
  readonly configuration: ProjectConfiguration;
}

/** How a new stack is tested. */
export interface JestSetup {
  /** A configuration of its own; undefined where the app's tests its stacks, too. */
  readonly config?: { readonly file: string; readonly content: string };
}

const JEST_CONFIGS = ['js', 'cjs', 'mjs', 'ts', 'cts'].map((extension) => `jest.config.${extension}`);

/** The name of a stack's project, made as a neighbour's is, else `<stack>-stack`. */
export function projectName(stack: string, neighbours: readonly Neighbour[]): string {
  const model = neighbours.find((neighbour) => neighbour.project.includes(neighbour.stack));
  return model ? model.project.replace(model.stack, stack) : `${stack}-stack`;
}

/** The tags all neighbours have in common, without those that say what one of them is about. */
export function commonTags(neighbours: readonly Neighbour[]): string[] {
  return inAll(neighbours.map(({ configuration }) => configuration.tags ?? [])).filter(
    (tag) => !/^(phase|layer):/.test(tag),
  );
}

/** Names of the targets that all neighbours have as the workspace's defaults define them. */
export function commonTargets(neighbours: readonly Neighbour[]): string[] {
  return inAll(neighbours.map(({ configuration }) => defaultTargets(configuration.targets)));
}

function inAll([first = [], ...others]: readonly (readonly string[])[]): string[] {
  return first.filter((name) => others.every((names) => names.includes(name)));
}

/** A neighbour's Jest configuration, with the names changed; nothing where neither a neighbour nor the app has one. */
export function jestSetup(
  tree: Tree,
  appRoot: string,
  { stack, project }: { readonly stack: string; readonly project: string },
  neighbours: readonly Neighbour[],
): JestSetup | undefined {
  for (const neighbour of neighbours) {
    const file = JEST_CONFIGS.find((name) => tree.exists(joinPathFragments(neighbour.configuration.root, name)));
    if (file === undefined) continue;
    const model = tree.read(joinPathFragments(neighbour.configuration.root, file), 'utf8')!;
    const folder = new RegExp(`(?<=/)${neighbour.stack}(?=['"\`/])`, 'g');
    const content = model.replaceAll(neighbour.project, project).replace(folder, stack);
    return { config: { file, content } };
  }
  return JEST_CONFIGS.some((name) => tree.exists(joinPathFragments(appRoot, name))) ? {} : undefined;
}
