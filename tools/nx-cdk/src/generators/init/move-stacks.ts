import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import type ts from 'typescript';
import { type ModuleResolver, moduleResolver } from './module-resolver';
import { extensionOf, isRelative, moduleSpecifiers, relativeSpecifier } from './modules';
import type { StackToMove } from './options';

/** Moves the stacks' files, and lets every import of the app's files mean what it meant. */
export function moveStacks(tree: Tree, sources: readonly ts.SourceFile[], stacks: readonly StackToMove[]): void {
  const moves: Moves = {
    resolve: moduleResolver(tree),
    targets: new Map(stacks.map(({ file, target }) => [file, target])),
    extension: usualExtension(sources),
  };
  // All are computed before the first is written, for the tree says what their imports mean.
  const moved = sources.map((source) => ({
    source,
    file: moves.targets.get(source.fileName) ?? source.fileName,
    text: rewritten(source, moves),
  }));
  for (const { source, file, text } of moved) {
    if (file === source.fileName && text === source.text) continue;
    if (file !== source.fileName) tree.delete(source.fileName);
    tree.write(file, text);
  }
}

interface Moves {
  readonly resolve: ModuleResolver;
  /** By file, where it goes. */
  readonly targets: ReadonlyMap<string, string>;
  /** What the app's relative imports end with. */
  readonly extension: string;
}

function rewritten(source: ts.SourceFile, moves: Moves): string {
  return moduleSpecifiers(source)
    .map((literal) => ({ literal, text: specifierAfter(source.fileName, literal.text, moves) }))
    .sort((a, b) => b.literal.pos - a.literal.pos)
    .reduce(
      // Between the quotes, whichever they are.
      (all, { literal, text }) => all.slice(0, literal.getStart(source) + 1) + text + all.slice(literal.getEnd() - 1),
      source.text,
    );
}

function specifierAfter(file: string, specifier: string, { resolve, targets, extension }: Moves): string {
  const from = targets.get(file) ?? file;
  const imported = resolve(file, specifier);
  const target = imported === undefined ? undefined : targets.get(imported);
  if (target !== undefined && target !== imported) {
    // An alias need not lead to where the file is now, so its place is taken by a relative specifier.
    const ending = extensionOf(specifier) || (isRelative(specifier) ? '' : extension);
    return relativeSpecifier(from, target.replace(/\.ts$/, ending));
  }
  if (from === file || !isRelative(specifier)) return specifier;
  return relativeSpecifier(from, posix.join(posix.dirname(file), specifier));
}

function usualExtension(sources: readonly ts.SourceFile[]): string {
  const specifiers = sources.flatMap(moduleSpecifiers).map(({ text }) => text);
  return specifiers.filter(isRelative).map(extensionOf).find(Boolean) ?? '';
}
