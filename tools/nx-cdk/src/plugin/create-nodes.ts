import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CreateNodes, type CreateNodesResult, createNodesFromFiles, type TargetConfiguration } from '@nx/devkit';
import { targetName } from '../config/app-model';
import { type PluginConfig, parsePluginConfig } from '../config/plugin-config';
import { appTargets, stackTargets, type WorkspaceFacts } from './targets';

/** Infers the targets of every CDK app that has an `nxCdk` section in its cdk.json, and of each of its stacks. */
export const createNodes: CreateNodes = [
  '**/cdk.json',
  (files, options, context) =>
    createNodesFromFiles(
      (file) => inferApp(file, context.workspaceRoot, readWorkspaceFacts(context)),
      files,
      options,
      context,
    ),
];

function inferApp(file: string, workspaceRoot: string, workspace: WorkspaceFacts): CreateNodesResult {
  const root = dirname(file);
  const projectFile = join(workspaceRoot, root, 'project.json');
  const { nxCdk } = JSON.parse(readFileSync(join(workspaceRoot, file), 'utf8')) as { nxCdk?: unknown };
  if (nxCdk === undefined || !existsSync(projectFile)) return {};

  const config = parsePluginConfig(nxCdk, file);
  const app = { project: projectName(projectFile), root, config };
  const projects: NonNullable<CreateNodesResult['projects']> = {
    [root]: { targets: named(config, appTargets(app, workspace)) },
  };
  for (const stack of stackFolders(workspaceRoot, root, config)) {
    projects[`${root}/${config.stacks}/${stack}`] = { targets: named(config, stackTargets(app, stack)) };
  }
  return { projects };
}

/** The targets by the names that they have in this app. */
function named(config: PluginConfig, targets: Record<string, TargetConfiguration>): typeof targets {
  return Object.fromEntries(Object.entries(targets).map(([name, target]) => [targetName(config, name), target]));
}

/** Folders with a stack.ts and a project.json: the first makes it a stack, the second an Nx project. */
function stackFolders(workspaceRoot: string, root: string, config: PluginConfig): string[] {
  const folder = join(workspaceRoot, root, config.stacks);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => ['stack.ts', 'project.json'].every((file) => existsSync(join(folder, name, file))))
    .sort();
}

function projectName(projectFile: string): string {
  const { name } = JSON.parse(readFileSync(projectFile, 'utf8')) as { name?: string };
  if (!name) throw new Error(`${projectFile} must name the project: other targets refer to it.`);
  return name;
}

function readWorkspaceFacts(context: {
  workspaceRoot: string;
  nxJsonConfiguration: { namedInputs?: object };
}): WorkspaceFacts {
  const packageFile = join(context.workspaceRoot, 'package.json');
  const manifest = existsSync(packageFile)
    ? (JSON.parse(readFileSync(packageFile, 'utf8')) as Record<string, Record<string, string> | undefined>)
    : {};
  return {
    namedInputs: Object.keys(context.nxJsonConfiguration.namedInputs ?? {}),
    dependencies: Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] }),
  };
}
