import { posix } from 'node:path';
import { getProjects, joinPathFragments, names, readJson, type Tree } from '@nx/devkit';
import type ts from 'typescript';
import { pluginConfigProblems } from '../../config/plugin-config';
import { NAME, type NamingConfig, refusedStackNames } from '../stack/stack-names';
import { readSources } from './sources';
import { baseClasses, classes, makesApp, stackClasses } from './stack-classes';

/** Options as given on the command line. */
export interface InitGeneratorOptions {
  readonly app: string;
  readonly stackName: string;
  readonly environments: readonly string[];
  readonly stacks?: readonly string[];
}

/** A stack whose file gets a folder and a project of its own. */
export interface StackToMove {
  readonly stack: string;
  readonly className: string;
  readonly project: string;
  /** Where its code is, and where it belongs, relative to the workspace. */
  readonly file: string;
  readonly root: string;
  readonly target: string;
}

/** A file with stacks that cannot be moved, and why. */
export interface LeftFile {
  readonly file: string;
  readonly reason: string;
}

/** Valid options, with the stacks that were found. */
export interface NormalizedOptions {
  readonly app: string;
  readonly appRoot: string;
  /** The section `nxCdk` of cdk.json. */
  readonly section: NamingConfig;
  readonly sources: readonly ts.SourceFile[];
  readonly stacks: readonly StackToMove[];
  readonly left: readonly LeftFile[];
}

/** An app that was set up before. */
export interface Initialized {
  /** The file that says so. */
  readonly initializedIn: string;
}

/** A file with the name its stack is to have. */
interface NamedFile {
  readonly stack: string;
  readonly className: string;
  readonly file: string;
}

/** Tests and what they use: a stack there is none that is deployed. */
const TEST = /\.(test|spec)\.[cm]?ts$|(^|\/)(tests?|__tests__)\//;

/**
 * Checks the options against the workspace.
 *
 * @throws with every problem found.
 */
export function normalizeOptions(tree: Tree, given: InitGeneratorOptions): NormalizedOptions | Initialized {
  const problems: string[] = [];
  const section = {
    stackName: given.stackName,
    environments: Object.fromEntries(given.environments.map((environment) => [environment, { environment }])),
  };
  problems.push(...pluginConfigProblems(section).map(({ path, message }) => `${path[0]!.toString()}: ${message}.`));
  const app = findApp(tree, given.app, problems);
  if (app?.initialized) return { initializedIn: app.file };
  const found = app && findStacks(tree, app.root, given.stacks, problems);
  const stacks = (found?.files ?? []).map((file) => placed(app!.root, file));
  problems.push(...conflicts(tree, stacks), ...namingProblems(stacks, section));
  if (!app || !found || problems.length > 0) {
    throw new Error(`Nothing was changed:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  }
  return { app: app.name, appRoot: app.root, section, sources: found.sources, stacks, left: found.left };
}

function findApp(
  tree: Tree,
  given: string,
  problems: string[],
): { name: string; root: string; file: string; initialized: boolean } | undefined {
  const projects = getProjects(tree);
  const root = projects.get(given)?.root ?? posix.join(given, '.').replace(/\/$/, '');
  const file = joinPathFragments(root, 'cdk.json');
  if (!tree.exists(file)) {
    problems.push(`app: "${given}" is neither a project nor a folder with a CDK app, for there is no ${file}.`);
    return undefined;
  }
  const project = [...projects].find(([, one]) => one.root === root)?.[0];
  const name = project ?? posix.basename(root === '.' ? tree.root : root);
  if (project === undefined && projects.has(name)) {
    problems.push(`app: ${root} is no project, and another is called "${name}". Give it a project.json with a name.`);
  }
  return { name, root, file, initialized: readJson<{ nxCdk?: unknown }>(tree, file).nxCdk !== undefined };
}

function findStacks(tree: Tree, appRoot: string, given: readonly string[] | undefined, problems: string[]) {
  const otherRoots = [...getProjects(tree).values()]
    .map(({ root }) => root)
    .filter((root) => root !== appRoot && (appRoot === '.' || root.startsWith(`${appRoot}/`)));
  const sources = readSources(tree, appRoot, otherRoots);
  const bases = baseClasses(sources);
  if (given !== undefined) {
    return { sources, files: given.flatMap((entry) => givenStack(entry, appRoot, sources, problems)), left: [] };
  }
  const candidates = sources
    .filter(({ fileName }) => /\.[cm]?ts$/.test(fileName) && !TEST.test(posix.relative(appRoot, fileName)))
    .map((source) => ({ source, found: stackClasses(source, bases) }))
    .filter(({ found }) => found.length > 0);
  const left = candidates.flatMap(({ source, found }): LeftFile[] => {
    const reason = obstacle(source, found);
    return reason === undefined ? [] : [{ file: source.fileName, reason }];
  });
  const files = candidates
    .filter(({ source, found }) => obstacle(source, found) === undefined)
    .map(({ source: { fileName }, found: [className = ''] }) => ({
      stack: names(className.replace(/Stack$/, '')).fileName,
      className,
      file: fileName,
    }));
  for (const { stack, file } of files) {
    if (!NAME.test(stack)) problems.push(`stacks: the class in ${file} names no stack. Name all with --stacks.`);
  }
  return { sources, files, left };
}

/** Why a file with stacks cannot become the one of a project. */
function obstacle(source: ts.SourceFile, found: readonly string[]): string | undefined {
  if (makesApp(source)) return `makes the app, too: move ${found.join(', ')} to a file each`;
  return found.length > 1 ? `has ${found.length} stacks: move ${found.join(', ')} to a file each` : undefined;
}

/** `cart:lib/cart-stack.ts` */
function givenStack(
  entry: string,
  appRoot: string,
  sources: readonly ts.SourceFile[],
  problems: string[],
): NamedFile[] {
  const [stack = '', path] = entry.split(':');
  if (path === undefined || !NAME.test(stack)) {
    problems.push(`stacks: "${entry}" is not <name in kebab-case>:<file>, e.g. cart:lib/cart-stack.ts.`);
    return [];
  }
  const file = joinPathFragments(appRoot, path);
  const source = sources.find(({ fileName }) => fileName === file);
  if (!source) {
    problems.push(`stacks: there is no file ${file} of the app.`);
    return [];
  }
  const certain = stackClasses(source, baseClasses(sources));
  const found = certain.length > 0 ? certain : classes(source);
  const reason = found.length === 0 ? 'has no class' : obstacle(source, found);
  if (reason !== undefined) problems.push(`stacks: ${file} ${reason}.`);
  return [{ stack, className: found[0] ?? '', file }];
}

function placed(appRoot: string, { stack, className, file }: NamedFile): StackToMove {
  const root = joinPathFragments(appRoot, 'stacks', stack);
  return { stack, className, project: `${stack}-stack`, file, root, target: joinPathFragments(root, 'stack.ts') };
}

const namingProblems = (stacks: readonly StackToMove[], section: NamingConfig) =>
  stacks.flatMap(({ stack }) => refusedStackNames(stack, section)).map((problem) => `stackName: ${problem}`);

/** What stands in the way of the stacks' new places. */
function conflicts(tree: Tree, stacks: readonly StackToMove[]): string[] {
  const projects = getProjects(tree);
  return stacks.flatMap(({ stack, project, file, target }, index) => {
    const problems: string[] = [];
    const namesake = stacks.slice(0, index).find((other) => other.stack === stack);
    if (namesake) problems.push(`stacks: ${namesake.file} and ${file} are both "${stack}". Name them with --stacks.`);
    if (stacks.slice(0, index).some((other) => other.file === file)) problems.push(`stacks: ${file} is named twice.`);
    if (file !== target && tree.exists(target)) problems.push(`stacks: ${target} exists. Name it otherwise.`);
    if (projects.has(project)) problems.push(`stacks: a project "${project}" exists. Name "${stack}" otherwise.`);
    return problems;
  });
}
