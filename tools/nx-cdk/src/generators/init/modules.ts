import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import ts from 'typescript';
import { collect } from './sources';

/** The relative module specifiers of a file: of imports and exports, of types, of `require` and of mocks. */
export function relativeSpecifiers(source: ts.SourceFile): ts.StringLiteralLike[] {
  return collect(source, specifierOf).filter(({ text }) => /^\.{1,2}(\/|$)/.test(text));
}

function specifierOf(node: ts.Node): ts.StringLiteralLike | undefined {
  const specifier = specifierNode(node);
  return specifier && ts.isStringLiteralLike(specifier) ? specifier : undefined;
}

function specifierNode(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  const loads = ts.isCallExpression(node) && /^(import|require|(jest|vi)\.\w+)$/.test(node.expression.getText());
  return loads ? node.arguments[0] : undefined;
}

/** The file that a relative specifier means, or nothing where there is none. */
export function resolveModule(tree: Tree, from: string, specifier: string): string | undefined {
  const path = posix.join(posix.dirname(from), specifier);
  const compiled = path.replace(/\.([cm]?)js$/, '.$1ts');
  const candidates = [path, compiled, `${path}.ts`, `${path}.tsx`, `${path}.js`, `${path}/index.ts`];
  return candidates.find((candidate) => tree.isFile(candidate));
}

/** The specifier of a module, as one in the file `from`. */
export function relativeSpecifier(from: string, module: string): string {
  const path = posix.relative(posix.dirname(from), module);
  return path.startsWith('.') ? path : `./${path}`;
}
