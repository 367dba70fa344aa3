import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  formatFiles,
  type GeneratorCallback,
  installPackagesTask,
  joinPathFragments,
  offsetFromRoot,
  readJson,
  readNxJson,
  type Tree,
  updateJson,
  updateNxJson,
  writeJson,
} from '@nx/devkit';
import { parsePluginConfig } from '../../config/plugin-config';
import { appTargets } from '../../plugin/targets';
import { addStackProject } from '../stack/project';
import { readEdges } from './edges';
import { moveStacks } from './move-stacks';
import { type Findings, nextSteps } from './next-steps';
import { type InitGeneratorOptions, type NormalizedOptions, normalizeOptions } from './options';
import { dependOnPlace, movedAliases, sharedCode } from './shared-code';

type Versions = Readonly<Record<string, string>>;

/**
 * Adds the plug-in to a workspace with a CDK app, and turns its stacks into projects. An app that has the section `nxCdk` in
 * its cdk.json is left as it is.
 *
 * @throws with every problem of the options, before anything is changed.
 */
export default async function initGenerator(tree: Tree, given: InitGeneratorOptions): Promise<GeneratorCallback> {
  const options = normalizeOptions(tree, given);
  if ('initializedIn' in options) {
    const { initializedIn } = options;
    return () => void process.stdout.write(`\n${initializedIn} has the section nxCdk already: nothing was changed.\n`);
  }
  const findings = findingsOf(tree, options);
  const packagesLacked = addPackages(tree);
  addPlugin(tree);
  addAppProject(tree, options);
  addSection(tree, options);
  moveStacks(tree, options.sources, options.stacks);
  addStackProjects(tree, options, findings);
  await formatFiles(tree);
  return () => {
    if (packagesLacked) installPackagesTask(tree);
    process.stdout.write(nextSteps(options, findings));
  };
}

/** Read before anything moves. */
function findingsOf(tree: Tree, options: NormalizedOptions): Findings {
  const { appRoot, sources, stacks } = options;
  const edges = readEdges(
    sources,
    stacks.map(({ className }) => className),
  );
  const dependsOn = stacks.map(({ stack, className }): [string, string[]] => {
    const needed = edges.filter(({ from }) => from === className).map(({ to }) => to);
    return [stack, stacks.filter((other) => needed.includes(other.className)).map(({ project }) => project)];
  });
  return {
    dependsOn: new Map(dependsOn),
    shared: sharedCode(tree, sources, stacks),
    dependOnPlace: dependOnPlace(sources, stacks),
    aliases: movedAliases(tree, appRoot, stacks),
    hidden: hiddenTargets(tree, options),
  };
}

/** Targets of the app that have the name of one of the plug-in's, and would win over it. */
function hiddenTargets(tree: Tree, { app, appRoot, section }: NormalizedOptions): string[] {
  const [project, manifest] = ['project.json', 'package.json']
    .map((name) => joinPathFragments(appRoot, name))
    .map((file) => (tree.exists(file) ? readJson<{ targets?: object; scripts?: object }>(tree, file) : {}));
  const config = parsePluginConfig(section, 'cdk.json');
  const inferred = appTargets({ project: app, root: appRoot, config }, { namedInputs: [], dependencies: [] });
  return Object.keys(inferred).filter((target) => target in { ...project?.targets, ...manifest?.scripts });
}

/** Adds what the plug-in needs, which not every package manager installs by itself. @returns whether anything lacked. */
function addPackages(tree: Tree): boolean {
  const manifest = readJson<{ dependencies?: Versions; devDependencies?: Versions }>(tree, 'package.json');
  const present = { ...manifest.dependencies, ...manifest.devDependencies };
  const missing = Object.entries(ownManifest().peerDependencies).filter(([name]) => !(name in present));
  if (missing.length === 0) return false;
  const all = [...Object.entries(manifest.devDependencies ?? {}), ...missing];
  const devDependencies = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeJson(tree, 'package.json', { ...manifest, devDependencies });
  return true;
}

function addPlugin(tree: Tree): void {
  const { name } = ownManifest();
  const nxJson = readNxJson(tree) ?? {};
  const plugins = nxJson.plugins ?? [];
  if (plugins.some((entry) => (typeof entry === 'string' ? entry : entry.plugin) === name)) return;
  updateNxJson(tree, { ...nxJson, plugins: [...plugins, name] });
}

/** The plug-in asks for the file, and for a name in it: a package.json makes a project of the app, but not for it. */
function addAppProject(tree: Tree, { app, appRoot }: NormalizedOptions): void {
  const file = joinPathFragments(appRoot, 'project.json');
  if (tree.exists(file)) {
    updateJson(tree, file, (content: { name?: string }) =>
      content.name === app ? content : { name: app, ...content },
    );
    return;
  }
  const $schema = `${offsetFromRoot(appRoot)}node_modules/nx/schemas/project-schema.json`;
  writeJson(tree, file, { $schema, name: app, projectType: 'application', sourceRoot: appRoot });
}

function addSection(tree: Tree, { appRoot, section }: NormalizedOptions): void {
  updateJson(tree, joinPathFragments(appRoot, 'cdk.json'), (content: object) => ({ ...content, nxCdk: section }));
}

function addStackProjects(tree: Tree, { stacks }: NormalizedOptions, { dependsOn }: Findings): void {
  for (const { stack, root, project } of stacks) {
    addStackProject(tree, { root, project, tags: [], dependsOn: dependsOn.get(stack) ?? [] });
  }
}

/** The plug-in's own package.json, as installed or in its sources. */
function ownManifest(): { readonly name: string; readonly peerDependencies: Versions } {
  return JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8'));
}
