import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type PluginConfig, parsePluginConfig } from './plugin-config';

/** The parts of an Nx project that say what a stack is. */
export interface ProjectFacts {
  readonly root: string;
  readonly tags?: readonly string[];
}

/** An Nx project that stands for one stack. */
export interface StackProject {
  /** Name of the Nx project. */
  readonly project: string;
  /** Name of the stack's folder, the `{stack}` of its CloudFormation name. */
  readonly stack: string;
  /** From the project's tag `phase:<name>`, or else from the phase that lists the stack. */
  readonly phase?: string;
}

/** A CDK app of the workspace, with its configuration and stack projects. */
export interface AppModel {
  readonly project: string;
  /** Root of the app, relative to the workspace. */
  readonly root: string;
  /** The command that synthesizes the app. */
  readonly command: string;
  /** Context of cdk.json and cdk.context.json, the latter winning. */
  readonly context: Record<string, unknown>;
  readonly config: PluginConfig;
  readonly stackProjects: readonly StackProject[];
}

/**
 * Reads an app's cdk.json and finds its stack projects.
 *
 * @throws when cdk.json is invalid; with all problems.
 */
export function readAppModel(
  workspaceRoot: string,
  project: string,
  projects: Readonly<Record<string, ProjectFacts>>,
): AppModel {
  const facts = projects[project];
  if (!facts) throw new Error(`There is no project "${project}" in this workspace.`);
  const file = posix.join(facts.root, 'cdk.json');
  const cdkJson = readJson(join(workspaceRoot, file), file) as { app?: unknown; context?: object; nxCdk?: unknown };
  if (typeof cdkJson.app !== 'string') {
    throw new Error(`${file} is invalid:\n- app: must be the command that synthesizes the app`);
  }
  const config = parsePluginConfig(cdkJson.nxCdk, file);
  const contextFile = posix.join(facts.root, 'cdk.context.json');
  return {
    project,
    root: facts.root,
    command: cdkJson.app,
    context: { ...cdkJson.context, ...readJson(join(workspaceRoot, contextFile), contextFile, {}) },
    config,
    stackProjects: findStackProjects(facts.root, config, projects),
  };
}

/** What a target is called in an app: `synth` always like that, every other with the app's prefix. */
export function targetName({ targetPrefix = '' }: Pick<PluginConfig, 'targetPrefix'>, target: string): string {
  return target === 'synth' ? target : `${targetPrefix}${target}`;
}

/**
 * An Nx command as a person would type it.
 *
 * @param project the app itself by default.
 */
export function nxCommand(
  { project: app, config }: AppModel,
  environment: string,
  target: string,
  project = app,
): string {
  const [configuration] = Object.entries(config.environments).find(([, entry]) => entry.environment === environment)!;
  return `npx nx run ${project}:${targetName(config, target)} --configuration=${configuration}`;
}

/** The projects that lie in the folder for stacks of an app. */
export function findStackProjects(
  appRoot: string,
  config: PluginConfig,
  projects: Readonly<Record<string, ProjectFacts>>,
): StackProject[] {
  const folder = posix.join(appRoot, config.stacks);
  return Object.entries(projects)
    .filter(([, { root }]) => posix.dirname(root) === folder)
    .map(([project, { root, tags = [] }]) => {
      const stack = posix.basename(root);
      const tagged = tags.find((tag) => tag.startsWith('phase:'))?.slice('phase:'.length);
      return { project, stack, phase: tagged ?? config.phases.find(({ stacks }) => stacks.includes(stack))?.name };
    });
}

function readJson(path: string, name: string, fallback?: object): object {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (fallback && (error as NodeJS.ErrnoException).code === 'ENOENT') return fallback;
    throw new Error(`${name} cannot be read: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    throw new Error(`${name} is not valid JSON: ${(error as Error).message}`);
  }
}
