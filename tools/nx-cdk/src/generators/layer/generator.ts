import { join } from 'node:path';
import {
  formatFiles,
  generateFiles,
  type GeneratorCallback,
  installPackagesTask,
  joinPathFragments,
  readJson,
  type Tree,
  updateJson,
  writeJson,
} from '@nx/devkit';
import { defaultTargets, statingTargets } from '../default-targets';
import { installations, type PublishedPackage } from './installation';
import { type LayerGeneratorOptions, type NormalizedOptions, normalizeOptions } from './options';
import { renamedAll } from './renamed';

const JEST_CONFIGS = ['js', 'cjs', 'mjs', 'ts', 'cts'].map((extension) => `jest.config.${extension}`);

/** What of a package belongs to every layer; `files` that only one has, and its keywords, do not. */
interface Package {
  readonly name: string;
  readonly description?: string;
  readonly homepage?: string;
  readonly repository?: { readonly directory?: string };
  readonly keywords?: readonly string[];
  readonly files?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly jsii: object;
  readonly [key: string]: unknown;
}

/**
 * Adds a library of constructs, set up like one that is there.
 *
 * @throws with every problem of the options, before anything is changed.
 */
export default async function layerGenerator(tree: Tree, given: LayerGeneratorOptions): Promise<GeneratorCallback> {
  const options = normalizeOptions(tree, given);
  addPackage(tree, options);
  addProject(tree, options);
  addSources(tree, options);
  addTestConfiguration(tree, options);
  addLicence(tree, options);
  addPath(tree, options);
  await formatFiles(tree);
  return () => {
    // Links the package into node_modules.
    installPackagesTask(tree, true);
    process.stdout.write(nextSteps(options));
  };
}

function addPackage(tree: Tree, { root, layer, packageName, description, model }: NormalizedOptions): void {
  const like = readJson<Package>(tree, joinPathFragments(model.root, 'package.json'));
  const own = (value: unknown) => renamedAll(value, model.layer, layer);
  writeJson(tree, joinPathFragments(root, 'package.json'), {
    ...like,
    name: packageName,
    description,
    ...(like.homepage === undefined ? {} : { homepage: own(like.homepage) }),
    ...(like.repository === undefined ? {} : { repository: own(like.repository) }),
    ...(like.keywords === undefined ? {} : { keywords: ['aws', 'cdk', 'constructs', layer] }),
    ...(like.files === undefined
      ? {}
      : { files: like.files.filter((file) => file === 'lib' || !isFolder(tree, joinPathFragments(model.root, file))) }),
    scripts: { build: 'jsii' },
    jsii: own(like.jsii),
  });
}

/** A folder that the package has is one that the model has sources in, and the new library has not. */
const isFolder = (tree: Tree, path: string) => tree.exists(path) && !tree.isFile(path);

function addProject(tree: Tree, { root, layer, model }: NormalizedOptions): void {
  const like = readJson<{ tags?: string[]; targets?: Readonly<Record<string, object>>; $schema?: string }>(
    tree,
    joinPathFragments(model.root, 'project.json'),
  );
  writeJson(tree, joinPathFragments(root, 'project.json'), {
    ...(like.$schema === undefined ? {} : { $schema: like.$schema }),
    name: layer,
    projectType: 'library',
    sourceRoot: joinPathFragments(root, 'src'),
    tags: (like.tags ?? []).map((tag) => (tag === `layer:${model.layer}` ? `layer:${layer}` : tag)),
    // Targets of its own are the model's business; those that stand for the workspace's defaults are every layer's.
    ...statingTargets(defaultTargets(like.targets)),
  });
}

function addSources(tree: Tree, { root, layer, className, packageName, description }: NormalizedOptions): void {
  generateFiles(tree, join(__dirname, 'files/layer'), root, {
    layer,
    className,
    packageName,
    description,
    installations: installations(readJson<PublishedPackage>(tree, joinPathFragments(root, 'package.json'))),
  });
}

function addTestConfiguration(tree: Tree, { root, layer, model }: NormalizedOptions): void {
  const file = JEST_CONFIGS.find((name) => tree.exists(joinPathFragments(model.root, name)));
  if (file === undefined) {
    tree.delete(joinPathFragments(root, 'src', `${layer}.test.ts`));
    return;
  }
  const like = tree.read(joinPathFragments(model.root, file), 'utf8')!;
  const quoted = new RegExp(`(?<=['"\`/])${model.layer}(?=['"\`])`, 'g');
  tree.write(joinPathFragments(root, file), like.replace(quoted, layer));
}

function addLicence(tree: Tree, { root, model }: NormalizedOptions): void {
  const licence = tree.read(joinPathFragments(model.root, 'LICENSE'));
  if (licence) tree.write(joinPathFragments(root, 'LICENSE'), licence);
}

/** By which unit tests read its sources, where those of the model are read by one. */
function addPath(tree: Tree, { layer, packageName, model }: NormalizedOptions): void {
  const file = 'tsconfig.base.json';
  if (!tree.exists(file)) return;
  updateJson(tree, file, (content: { compilerOptions?: { paths?: Record<string, string[]> } }) => {
    const paths = content.compilerOptions?.paths;
    const like = paths?.[model.packageName];
    if (!paths || !like) return content;
    const path = like.map((one) => one.replace(`/${model.layer}/`, `/${layer}/`));
    const entries = Object.entries(paths).flatMap(([name, value]): [string, string[]][] =>
      name === model.packageName
        ? [
            [name, value],
            [packageName, path],
          ]
        : [[name, value]],
    );
    return { ...content, compilerOptions: { ...content.compilerOptions, paths: Object.fromEntries(entries) } };
  });
}

function nextSteps({ layer, root, packageName, className }: NormalizedOptions): string {
  return [
    `\nThe layer ${layer} is there, as ${packageName}. What remains:`,
    `1. Give ${className} resources, in ${root}/src/${layer}.ts.`,
    `2. Use it in a stack: npx nx g @v3-backend/nx-cdk:stack <name> --app=<app> --layer=${layer}`,
    '',
  ].join('\n');
}
