import { type Tree, visitNotIgnoredFiles } from '@nx/devkit';
import ts from 'typescript';

const NOT_WRITTEN_BY_HAND = /(^|\/)(node_modules|cdk\.out|dist)\/|\.d\.[cm]?ts$/;

/** The app's own sources, tests included, without those of other projects below it. */
export function readSources(tree: Tree, appRoot: string, otherRoots: readonly string[]): ts.SourceFile[] {
  const sources: ts.SourceFile[] = [];
  visitNotIgnoredFiles(tree, appRoot, (file) => {
    if (!/\.[cm]?[jt]sx?$/.test(file) || NOT_WRITTEN_BY_HAND.test(file)) return;
    if (otherRoots.some((root) => file.startsWith(`${root}/`))) return;
    sources.push(ts.createSourceFile(file, tree.read(file, 'utf8')!, ts.ScriptTarget.Latest, true));
  });
  return sources;
}

/** All nodes below one for which `pick` finds something, as that. */
export function collect<T>(node: ts.Node, pick: (node: ts.Node) => T | undefined): T[] {
  const found: T[] = [];
  const visit = (child: ts.Node): void => {
    const picked = pick(child);
    if (picked !== undefined) found.push(picked);
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return found;
}
