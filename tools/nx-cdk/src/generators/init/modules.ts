import { posix } from 'node:path';
import ts from 'typescript';
import { collect } from './sources';

/** The module specifiers of a file: of imports and exports, of types, of `require` and of mocks. */
export function moduleSpecifiers(source: ts.SourceFile): ts.StringLiteralLike[] {
  return collect(source, specifierOf);
}

export const isRelative = (specifier: string): boolean => /^\.{1,2}(\/|$)/.test(specifier);

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

/** The specifier of a module, as one in the file `from`. */
export function relativeSpecifier(from: string, module: string): string {
  const path = posix.relative(posix.dirname(from), module);
  return path.startsWith('.') ? path : `./${path}`;
}

/** The extension that a specifier has, or none. */
export const extensionOf = (specifier: string): string => /\.[cm]?[jt]s$/.exec(specifier)?.[0] ?? '';
