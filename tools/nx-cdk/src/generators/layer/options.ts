import { getProjects, joinPathFragments, names, readJson, type Tree } from '@nx/devkit';
import { renamed } from './renamed';

export interface LayerGeneratorOptions {
  readonly name: string;
  /** A layer to set it up like. */
  readonly like?: string;
  readonly description?: string;
}

/** A library that is there, after which a new one is made. */
export interface ModelLayer {
  readonly root: string;
  readonly project: string;
  readonly layer: string;
  readonly packageName: string;
}

export interface NormalizedOptions {
  readonly layer: string;
  readonly root: string;
  readonly packageName: string;
  readonly className: string;
  readonly description: string;
  readonly model: ModelLayer;
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LAYER = 'layer:';

/**
 * Checks the options against the workspace.
 *
 * @throws with every problem found.
 */
export function normalizeOptions(tree: Tree, { name, like, description }: LayerGeneratorOptions): NormalizedOptions {
  const problems = NAME.test(name)
    ? []
    : [`name: "${name}" is no kebab-case name. Use a-z, 0-9 and single dashes, e.g. event-bus.`];
  const models = findModels(tree);
  const model = like === undefined ? models[0] : models.find(({ layer }) => layer === like);
  if (!model) {
    const known = models.map(({ layer }) => layer);
    problems.push(
      known.length === 0
        ? `like: no project of this workspace has a tag layer:<name> and a package.json that builds with jsii. ` +
            'Make the first layer by hand: the plug-in makes others like it.'
        : `like: there is no layer "${like}" that builds with jsii. The layers are ${[...known].sort().join(', ')}.`,
    );
  }
  const root = model ? joinPathFragments(model.root, '..', name) : name;
  if (model && tree.children(root).length > 0) problems.push(`name: ${root} exists. Choose another name.`);
  else if (getProjects(tree).has(name)) problems.push(`name: a project "${name}" exists. Choose another name.`);
  if (!model || problems.length > 0) {
    throw new Error(`The layer was not generated:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  }
  return {
    layer: name,
    root,
    packageName: renamed(model.packageName, model.layer, name),
    className: names(name).className,
    description: description ?? `Constructs of the ${name} layer`,
    model,
  };
}

/** The plainest first, by what its project.json says beyond what all have. */
function findModels(tree: Tree): ModelLayer[] {
  return [...getProjects(tree)]
    .flatMap(([project, { root, tags = [] }]) => {
      const layer = tags.find((tag) => tag.startsWith(LAYER))?.slice(LAYER.length);
      const file = joinPathFragments(root, 'package.json');
      if (layer === undefined || tags.includes('type:stack') || !tree.exists(file)) return [];
      const { name: packageName = '', jsii } = readJson<{ name?: string; jsii?: object }>(tree, file);
      if (jsii === undefined || !packageName.includes(layer)) return [];
      const size = tree.read(joinPathFragments(root, 'project.json'), 'utf8')?.length ?? 0;
      return [{ root, project, layer, packageName, size, isCore: tags.includes('type:core') }];
    })
    .sort((a, b) => Number(a.isCore) - Number(b.isCore) || a.size - b.size || (a.layer < b.layer ? -1 : 1))
    .map(({ root, project, layer, packageName }) => ({ root, project, layer, packageName }));
}
