import { joinPathFragments, type Tree } from '@nx/devkit';
import type ts from 'typescript';
import { aliasesOfFiles, moduleResolver } from './module-resolver';
import { moduleSpecifiers } from './modules';
import type { StackToMove } from './options';

/** A file of the app itself that a stack imports. */
export interface SharedFile {
  readonly stack: string;
  readonly file: string;
}

/** What stacks import of the app's own files: a stack that does is affected by every change to the app. */
export function sharedCode(
  tree: Tree,
  sources: readonly ts.SourceFile[],
  stacks: readonly StackToMove[],
): SharedFile[] {
  const resolve = moduleResolver(tree);
  const own = new Set(sources.map(({ fileName }) => fileName));
  const moved = new Set(stacks.map(({ file }) => file));
  return stacks.flatMap(({ stack, file }) => {
    const source = sources.find(({ fileName }) => fileName === file)!;
    return moduleSpecifiers(source)
      .map(({ text }) => resolve(file, text))
      .filter((imported): imported is string => imported !== undefined && own.has(imported) && !moved.has(imported))
      .map((imported) => ({ stack, file: imported }));
  });
}

/** The stacks whose code finds files beside its own, which it no longer is. */
export function dependOnPlace(sources: readonly ts.SourceFile[], stacks: readonly StackToMove[]): StackToMove[] {
  return stacks.filter(({ file, target }) => {
    const source = sources.find(({ fileName }) => fileName === file)!;
    return file !== target && /\b(__dirname|__filename|import\.meta)\b/.test(source.text);
  });
}

/** An alias that stands for the file of a stack, and where that goes. */
export interface MovedAlias {
  readonly alias: string;
  readonly target: string;
}

/** Other projects may import a stack by its alias, which must then lead to where it goes. */
export function movedAliases(tree: Tree, appRoot: string, stacks: readonly StackToMove[]): MovedAlias[] {
  const resolve = moduleResolver(tree);
  return aliasesOfFiles(tree, appRoot).flatMap((alias) => {
    const file = resolve(joinPathFragments(appRoot, 'cdk.json'), alias);
    const moved = stacks.find((stack) => stack.file === file && file !== stack.target);
    return moved ? [{ alias, target: moved.target }] : [];
  });
}
