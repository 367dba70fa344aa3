import { joinPathFragments, names, type Tree, visitNotIgnoredFiles } from '@nx/devkit';
import ts from 'typescript';
import type { NormalizedOptions } from './options';

/** A place in the app's code where a stack is made, which a new stack can be made like. */
interface Model {
  readonly file: string;
  readonly source: ts.SourceFile;
  readonly stack: string;
  readonly className: string;
  readonly imported: ts.ImportDeclaration;
  readonly statement: ts.VariableStatement;
  readonly variable: string;
  /** Its props, as they are written. */
  readonly props: string;
}

/** A text that goes into a file. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Composes the new stack in the app's code, as its neighbours are: where most of them are, and all that it depends on, with
 * the props of the neighbour that needs the least, and with its dependencies stated the way the others' are.
 *
 * @returns the file, or nothing where no neighbour is composed in a way that can be followed; nothing is changed then.
 */
export function composeStack(tree: Tree, options: NormalizedOptions): string | undefined {
  const model = findModel(tree, options);
  if (!model) return undefined;
  const insertions = [importOf(model, options), statementsOf(model, options)];
  const text = insertions
    .sort((a, b) => b.at - a.at)
    .reduce((all, { at, text: added }) => all.slice(0, at) + added + all.slice(at), model.source.text);
  tree.write(model.file, text);
  return model.file;
}

function findModel(tree: Tree, options: NormalizedOptions): Model | undefined {
  const models: Model[] = [];
  visitNotIgnoredFiles(tree, options.appRoot, (file) => {
    if (!file.endsWith('.ts') || /\.(test|spec|d)\.ts$/.test(file)) return;
    if (file.startsWith(`${joinPathFragments(options.appRoot, options.stacksFolder)}/`)) return;
    const source = ts.createSourceFile(file, tree.read(file, 'utf8')!, ts.ScriptTarget.Latest, true);
    models.push(...modelsIn(file, source, options));
  });
  const needed = options.dependsOn.map(({ stack }) => names(stack).propertyName);
  const stacks = options.neighbours.map((stack) => names(stack).propertyName);
  const places = models
    .map((model) => ({ model, declared: namesIn(model.statement.parent as ts.Block) }))
    .filter(({ declared }) => needed.every((stack) => declared.includes(stack)));
  const composes = (declared: readonly string[]) => stacks.filter((stack) => declared.includes(stack)).length;
  return places.sort(
    (a, b) => composes(b.declared) - composes(a.declared) || a.model.props.length - b.model.props.length,
  )[0]?.model;
}

const namesIn = ({ statements }: ts.Block) => statements.flatMap(declaredNames);

function modelsIn(file: string, source: ts.SourceFile, { neighbours }: NormalizedOptions): Model[] {
  const models: Model[] = [];
  const imports = source.statements.filter(ts.isImportDeclaration);
  const visit = (node: ts.Node): void => {
    if (ts.isVariableStatement(node)) {
      const model = neighbours.map((stack) => modelOf(node, stack, imports)).find((found) => found !== undefined);
      if (model) models.push({ file, source, ...model });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return models;
}

/** `const cart = new CartStack(app, name('cart'), common);` */
function modelOf(
  statement: ts.VariableStatement,
  stack: string,
  imports: readonly ts.ImportDeclaration[],
): Omit<Model, 'file' | 'source'> | undefined {
  const [declaration, ...others] = statement.declarationList.declarations;
  const { name, initializer } = declaration ?? {};
  if (others.length > 0 || !name || !ts.isIdentifier(name) || !initializer || !ts.isNewExpression(initializer)) return;
  const className = initializer.expression.getText();
  const [, id, props] = initializer.arguments ?? [];
  if (!id || !mentions(id, stack)) return;
  const imported = imports.find(({ importClause }) => importedNames(importClause).join() === className);
  if (!imported) return;
  return { stack, className, imported, statement, variable: name.text, props: props?.getText() ?? '' };
}

/** Whether a string in an expression is, or ends with, the name of a stack. */
function mentions(expression: ts.Node, stack: string): boolean {
  if (ts.isStringLiteralLike(expression)) return new RegExp(`(^|-)${stack}$`).test(expression.text);
  if (ts.isTemplateExpression(expression))
    return expression.templateSpans.at(-1)?.literal.text.endsWith(`-${stack}`) ?? false;
  return ts.forEachChild(expression, (child) => mentions(child, stack) || undefined) ?? false;
}

function importedNames(clause: ts.ImportClause | undefined): string[] {
  const bindings = clause?.namedBindings;
  return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
}

function importOf({ imported, source, stack, className }: Model, options: NormalizedOptions): Insertion {
  const specifier = (imported.moduleSpecifier as ts.StringLiteral).text;
  const module = specifier.replace(new RegExp(`(^|/)${stack}(?=/|$)`), `$1${options.stack}`);
  const text = imported
    .getText(source)
    .replace(className, options.className)
    .replace(specifier, module === specifier ? moduleOf(options) : module);
  return { at: imported.getEnd(), text: `\n${text}` };
}

/** A module of the stacks' folder, for an app whose imports do not name it so that another can be named alike. */
const moduleOf = ({ stacksFolder, stack }: NormalizedOptions) => `../${stacksFolder}/${stack}/stack`;

/** After the last stack that is made in the same block, so that everything it may depend on is there. */
function statementsOf(model: Model, options: NormalizedOptions): Insertion {
  const block = model.statement.parent as ts.Block;
  const variable = names(options.stack).propertyName;
  const made = replaceWords(model.statement.getText(model.source), [
    [model.className, options.className],
    [model.variable, variable],
  ]).replace(new RegExp(`(?<=['"\`-])${model.stack}(?=['"\`])`), options.stack);
  const declared = block.statements.filter((statement) => declaredNames(statement).length > 0);
  const stacks = [...options.neighbours.map((stack) => names(stack).propertyName), model.variable];
  const last = declared.filter((one) => declaredNames(one).some((name) => stacks.includes(name))).at(-1);
  const edges = edgesOf(block, variable, stacks, options);
  const line = /[^\n]*$/.exec(model.source.text.slice(0, model.statement.getStart()))![0];
  const lines = [made, ...edges].map((text) => `${line}${text}`);
  return { at: (last ?? model.statement).getEnd(), text: `\n\n${lines.join('\n')}` };
}

/** As the others': by a function of the app that takes a stack and those it depends on, else by CDK's own method. */
function edgesOf(
  block: ts.Block,
  variable: string,
  stacks: readonly string[],
  { dependsOn }: NormalizedOptions,
): string[] {
  const needed = dependsOn.map(({ stack }) => names(stack).propertyName);
  if (needed.length === 0) return [];
  const helper = block.statements
    .map((statement) => (ts.isExpressionStatement(statement) ? statement.expression : undefined))
    .find((call) => isEdge(call, stacks)) as ts.CallExpression | undefined;
  if (helper) return [`${helper.expression.getText()}(${[variable, ...needed].join(', ')});`];
  return needed.map((stack) => `${variable}.addStackDependency(${stack});`);
}

function isEdge(call: ts.Expression | undefined, stacks: readonly string[]): boolean {
  if (!call || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return false;
  const { arguments: values } = call;
  return values.length > 1 && values.every((value) => ts.isIdentifier(value) && stacks.includes(value.text));
}

function declaredNames(statement: ts.Statement): string[] {
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name }) =>
    ts.isIdentifier(name)
      ? [name.text]
      : name.elements.flatMap((element) =>
          ts.isBindingElement(element) && ts.isIdentifier(element.name) ? [element.name.text] : [],
        ),
  );
}

const replaceWords = (text: string, words: readonly (readonly [string, string])[]) =>
  words.reduce((all, [from, to]) => all.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to), text);
