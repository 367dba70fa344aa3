import { join } from 'node:path';
import {
  formatFiles,
  generateFiles,
  type GeneratorCallback,
  joinPathFragments,
  type Tree,
  updateJson,
} from '@nx/devkit';
import { composeStack } from './compose';
import { nextSteps } from './next-steps';
import { type NormalizedOptions, normalizeOptions, type StackGeneratorOptions } from './options';
import { addStackProject } from './project';

/**
 * Adds a stack to a CDK app.
 *
 * @throws with every problem of the options, before anything is changed.
 */
export default async function stackGenerator(tree: Tree, given: StackGeneratorOptions): Promise<GeneratorCallback> {
  const options = normalizeOptions(tree, given);
  addStackProject(tree, { ...options, dependsOn: options.dependsOn.map(({ project }) => project) });
  addStack(tree, options);
  addTest(tree, options);
  addToPhase(tree, options);
  const composedIn = composeStack(tree, options);
  await formatFiles(tree);
  return () => void process.stdout.write(nextSteps(options, composedIn));
}

function addStack(tree: Tree, { root, stack, className, construct }: NormalizedOptions): void {
  generateFiles(tree, join(__dirname, 'files/stack'), root, { stack, className, construct });
}

function addTest(tree: Tree, { root, className, jest }: NormalizedOptions): void {
  if (jest === undefined) return;
  generateFiles(tree, join(__dirname, 'files/test'), root, { className });
  if (jest.config) tree.write(joinPathFragments(root, jest.config.file), jest.config.content);
}

/** Last in the phase's list, which orders the stacks where their dependencies leave a choice. */
function addToPhase(tree: Tree, { appRoot, stack, phase }: NormalizedOptions): void {
  if (phase === undefined) return;
  updateJson(
    tree,
    joinPathFragments(appRoot, 'cdk.json'),
    (content: { nxCdk: { phases: { name: string; stacks?: string[] }[] } }) => {
      const entry = content.nxCdk.phases.find(({ name }) => name === phase)!;
      entry.stacks = [...(entry.stacks ?? []), stack];
      return content;
    },
  );
}
