import { posix } from 'node:path';
import { names } from '@nx/devkit';
import ts from 'typescript';
import { collect } from './sources';

/** Names of the app's classes that are CDK stacks for other classes to extend. */
export function baseClasses(sources: readonly ts.SourceFile[]): string[] {
  const extended = sources.flatMap((source) => collect(source, (node) => extendedBy(node)?.getText(source)));
  return sources.flatMap((source) => {
    const isStack = importedFromCdk(source, 'Stack');
    return collect(source, (node) => {
      const parent = extendedBy(node);
      return parent && isStack(parent) ? className(node as ts.ClassDeclaration, source) : undefined;
    }).filter((name) => extended.includes(name));
  });
}

/**
 * Names of the classes in a file that are stacks: those that extend CDK's Stack or one of the app's base classes, and are
 * not made to be extended.
 */
export function stackClasses(source: ts.SourceFile, bases: readonly string[]): string[] {
  const isStack = importedFromCdk(source, 'Stack');
  return collect(source, (node) => {
    const parent = extendedBy(node);
    if (!parent || !(isStack(parent) || bases.includes(parent.getText(source)))) return undefined;
    const { modifiers } = node as ts.ClassDeclaration;
    if (modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword)) return undefined;
    return className(node as ts.ClassDeclaration, source);
  }).filter((name) => !bases.includes(name));
}

/** What a node extends, if it is a class that does. */
function extendedBy(node: ts.Node): ts.Expression | undefined {
  if (!ts.isClassDeclaration(node)) return undefined;
  return node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
}

/** Names of all classes in a file. */
export const classes = (source: ts.SourceFile): string[] =>
  collect(source, (node) => (ts.isClassDeclaration(node) ? className(node, source) : undefined));

/** Whether a file makes the CDK app. */
export function makesApp(source: ts.SourceFile): boolean {
  const isApp = importedFromCdk(source, 'App');
  return collect(source, (node) => (ts.isNewExpression(node) && isApp(node.expression) ? true : undefined)).length > 0;
}

/** A default export without a name has the file's. */
const className = ({ name }: ts.ClassDeclaration, source: ts.SourceFile) =>
  name?.text ?? names(posix.parse(source.fileName).name).className;

/** Whether an expression means a class of aws-cdk-lib in a file: `Stack`, `cdk.Stack`, or what it was imported as. */
function importedFromCdk(source: ts.SourceFile, exported: string): (expression: ts.Expression) => boolean {
  const meant = source.statements.filter(ts.isImportDeclaration).flatMap(({ moduleSpecifier, importClause }) => {
    if (!/^aws-cdk-lib(\/core)?$/.test((moduleSpecifier as ts.StringLiteral).text)) return [];
    const bindings = importClause?.namedBindings;
    const whole = [importClause?.name, bindings && ts.isNamespaceImport(bindings) ? bindings.name : undefined];
    const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
    return [
      ...whole.flatMap((name) => (name ? [`${name.text}.${exported}`] : [])),
      ...named.filter((one) => (one.propertyName ?? one.name).text === exported).map(({ name }) => name.text),
    ];
  });
  return (expression) => meant.includes(expression.getText(source));
}
