import { getProjects, joinPathFragments, names, readJson, type Tree } from '@nx/devkit';
import { findStackProjects, type StackProject } from '../../config/app-model';
import { type PluginConfig, parsePluginConfig } from '../../config/plugin-config';
import { commonTags, commonTargets, jestSetup, type JestSetup, type Neighbour, projectName } from './neighbours';
import { NAME, refusedStackNames } from './stack-names';

/** Options as given on the command line. */
export interface StackGeneratorOptions {
  readonly name: string;
  readonly app: string;
  /** Nx makes a number of what looks like one. */
  readonly phase?: string | number;
  readonly layer?: string;
  readonly dependsOn?: readonly string[];
}

/** Valid options, with everything that follows from them and from the stacks that are there. */
export interface NormalizedOptions {
  /** Nx project of the app. */
  readonly app: string;
  readonly appRoot: string;
  /** The stack's folder, relative to the workspace. */
  readonly root: string;
  /** Name of the stack and of its folder. */
  readonly stack: string;
  readonly project: string;
  readonly className: string;
  /** CloudFormation name, with the placeholder `{environment}`. */
  readonly stackName: string;
  readonly phase?: string;
  readonly tags: string[];
  /** Names of the targets that are as the workspace's defaults define them. */
  readonly targets: readonly string[];
  readonly dependsOn: readonly StackProject[];
  /** The construct of the layer that is named like it, where it has one. */
  readonly construct?: { readonly className: string; readonly packageName: string };
  /** Names of the stacks that the app has already. */
  readonly neighbours: readonly string[];
  /** The folder of all stacks, relative to the app. */
  readonly stacksFolder: string;
  /** Undefined where the app has no Jest. */
  readonly jest?: JestSetup;
}

interface App {
  readonly root: string;
  readonly config: PluginConfig;
  readonly neighbours: readonly Neighbour[];
}

/**
 * Checks the options against the workspace.
 *
 * @throws with every problem found.
 */
export function normalizeOptions(tree: Tree, given: StackGeneratorOptions): NormalizedOptions {
  const problems = NAME.test(given.name)
    ? []
    : [`name: "${given.name}" is no kebab-case name. Use a-z, 0-9 and single dashes, e.g. order-queue.`];
  const app = readApp(tree, given.app, problems);
  if (app) problems.push(...conflicts(tree, given, app), ...unknownNames(tree, given, app));
  if (!app || problems.length > 0) {
    throw new Error(`The stack was not generated:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  }
  const { name: stack, layer } = given;
  const phase = phaseOf(given);
  const { root: appRoot, config, neighbours } = app;
  const project = projectName(stack, neighbours);
  return {
    app: given.app,
    appRoot,
    root: joinPathFragments(appRoot, config.stacks, stack),
    stack,
    project,
    className: `${names(stack).className}Stack`,
    stackName: config.stackName.replaceAll('{stack}', stack),
    phase,
    tags: [...commonTags(neighbours), ...(phase ? [`phase:${phase}`] : []), ...(layer ? [`layer:${layer}`] : [])],
    targets: commonTargets(neighbours),
    dependsOn: (given.dependsOn ?? []).map((name) => findNeighbour(name, neighbours)!),
    construct: layer === undefined ? undefined : constructOf(tree, layer),
    neighbours: neighbours.map((neighbour) => neighbour.stack),
    stacksFolder: config.stacks,
    jest: jestSetup(tree, appRoot, { stack, project }, neighbours),
  };
}

function readApp(tree: Tree, name: string, problems: string[]): App | undefined {
  const projects = Object.fromEntries(getProjects(tree));
  const root = projects[name]?.root;
  if (root === undefined) {
    problems.push(`app: there is no project "${name}". The projects are ${listed(Object.keys(projects))}.`);
    return undefined;
  }
  const file = joinPathFragments(root, 'cdk.json');
  if (!tree.exists(file)) {
    problems.push(`app: "${name}" is no CDK app, for there is no ${file}.`);
    return undefined;
  }
  try {
    const config = parsePluginConfig(readJson<{ nxCdk?: unknown }>(tree, file).nxCdk, file);
    const stacks = findStackProjects(root, config, projects);
    return { root, config, neighbours: stacks.map((stack) => ({ ...stack, configuration: projects[stack.project]! })) };
  } catch (error) {
    problems.push(`app: ${(error as Error).message}`);
    return undefined;
  }
}

/** What stands in the way of a stack with this name. */
function conflicts(tree: Tree, { name }: StackGeneratorOptions, { root, config, neighbours }: App): string[] {
  const problems: string[] = [];
  const folder = joinPathFragments(root, config.stacks, name);
  const project = projectName(name, neighbours);
  if (tree.children(folder).length > 0) problems.push(`name: ${folder} exists. Choose another name.`);
  else if (getProjects(tree).has(project)) problems.push(`name: a project "${project}" exists. Choose another name.`);
  return [...problems, ...refusedStackNames(name, config).map((problem) => `name: ${problem}`)];
}

/** What the options name and the app does not have. */
function unknownNames(tree: Tree, given: StackGeneratorOptions, { config, neighbours }: App): string[] {
  const problems: string[] = [];
  const phases = config.phases.map(({ name }) => name);
  const phase = phaseOf(given);
  if (phase === undefined && phases.length > 0) {
    problems.push(`phase: missing. The phases of ${given.app} are ${listed(phases)}.`);
  } else if (phase !== undefined && !phases.includes(phase)) {
    problems.push(`phase: there is no phase "${phase}". The phases of ${given.app} are ${listed(phases)}.`);
  }
  const layers = layerNames(tree);
  if (given.layer !== undefined && !layers.includes(given.layer)) {
    problems.push(`layer: no project has the tag layer:${given.layer}. The layers are ${listed(layers)}.`);
  }
  for (const name of given.dependsOn ?? []) {
    if (findNeighbour(name, neighbours)) continue;
    const stacks = neighbours.map(({ stack }) => stack);
    problems.push(`dependsOn: there is no stack "${name}". The stacks of ${given.app} are ${listed(stacks)}.`);
  }
  return problems;
}

/** A layer that was generated, and still has the construct that it was generated with, is used by that. */
function constructOf(tree: Tree, layer: string): NormalizedOptions['construct'] {
  const className = names(layer).className;
  for (const { root, tags = [] } of getProjects(tree).values()) {
    const [file, source] = ['package.json', `src/${layer}.ts`].map((name) => joinPathFragments(root, name));
    if (!tags.includes(`layer:${layer}`) || !tree.exists(file!) || !tree.exists(source!)) continue;
    const takesNothing = new RegExp(
      `export class ${className} [^{]*{\\s*constructor\\(scope: Construct, id: string\\)`,
    );
    const packageName = readJson<{ name?: string }>(tree, file!).name;
    if (packageName !== undefined && takesNothing.test(tree.read(source!, 'utf8')!)) return { className, packageName };
  }
  return undefined;
}

function phaseOf({ phase }: StackGeneratorOptions): string | undefined {
  return phase === undefined ? undefined : String(phase);
}

function findNeighbour(name: string, neighbours: readonly Neighbour[]): Neighbour | undefined {
  return neighbours.find(({ stack, project }) => name === stack || name === project);
}

function layerNames(tree: Tree): string[] {
  const tags = [...getProjects(tree).values()].flatMap((project) => project.tags ?? []);
  const layers = tags.filter((tag) => tag.startsWith('layer:')).map((tag) => tag.slice('layer:'.length));
  return [...new Set(layers)];
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? '(none)' : [...values].sort().join(', ');
}
