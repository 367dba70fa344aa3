import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import type ts from 'typescript';
import { relativeSpecifier, relativeSpecifiers, resolveModule } from './modules';
import type { StackToMove } from './options';

/** Moves the stacks' files, and lets every relative import of the app's files mean what it meant. */
export function moveStacks(tree: Tree, sources: readonly ts.SourceFile[], stacks: readonly StackToMove[]): void {
  const moves = new Map(stacks.map(({ file, target }) => [file, target]));
  // All are computed before the first is written, for the tree says what their imports mean.
  const moved = sources.map((source) => ({
    source,
    file: moves.get(source.fileName) ?? source.fileName,
    text: rewritten(tree, source, moves),
  }));
  for (const { source, file, text } of moved) {
    if (file === source.fileName && text === source.text) continue;
    if (file !== source.fileName) tree.delete(source.fileName);
    tree.write(file, text);
  }
}

function rewritten(tree: Tree, source: ts.SourceFile, moves: ReadonlyMap<string, string>): string {
  return relativeSpecifiers(source)
    .map((literal) => ({ literal, text: specifierAfter(tree, source.fileName, literal.text, moves) }))
    .sort((a, b) => b.literal.pos - a.literal.pos)
    .reduce(
      // Between the quotes, whichever they are.
      (all, { literal, text }) => all.slice(0, literal.getStart(source) + 1) + text + all.slice(literal.getEnd() - 1),
      source.text,
    );
}

function specifierAfter(tree: Tree, file: string, specifier: string, moves: ReadonlyMap<string, string>): string {
  const from = moves.get(file) ?? file;
  const imported = resolveModule(tree, file, specifier);
  const target = imported === undefined ? undefined : moves.get(imported);
  if (target !== undefined && target !== imported) {
    const extension = /\.[cm]?[jt]s$/.exec(specifier)?.[0] ?? '';
    return relativeSpecifier(from, target.replace(/\.ts$/, extension));
  }
  return from === file ? specifier : relativeSpecifier(from, posix.join(posix.dirname(file), specifier));
}
