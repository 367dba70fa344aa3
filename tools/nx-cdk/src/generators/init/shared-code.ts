import type { Tree } from '@nx/devkit';
import type ts from 'typescript';
import { relativeSpecifiers, resolveModule } from './modules';
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
  const own = new Set(sources.map(({ fileName }) => fileName));
  const moved = new Set(stacks.map(({ file }) => file));
  return stacks.flatMap(({ stack, file }) => {
    const source = sources.find(({ fileName }) => fileName === file)!;
    return relativeSpecifiers(source)
      .map(({ text }) => resolveModule(tree, file, text))
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
