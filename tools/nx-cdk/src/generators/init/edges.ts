import ts from 'typescript';
import { collect } from './sources';

/** A stack and one that comes before it, by their classes. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/**
 * The dependencies between stacks that the app's code shows: a stack in a variable is given to another's constructor, wholly
 * or in part, or to its `addDependency` or `addStackDependency`.
 */
export function readEdges(sources: readonly ts.SourceFile[], classNames: readonly string[]): Edge[] {
  return sources.flatMap((source) => {
    const variables = new Map(collect(source, (node) => declaredStack(node, classNames)).flat());
    const uses = collect(source, (node) => dependent(node, variables, classNames));
    return uses.flatMap(({ stack, needs }) =>
      needs
        .flatMap((expression) => stacksIn(expression, variables))
        .filter((needed) => needed !== stack)
        .map((needed) => ({ from: stack, to: needed })),
    );
  });
}

/** `const network = new NetworkStack(app, 'shop-network');`, or with `{ vpc }` in the place of `network`. */
function declaredStack(node: ts.Node, classNames: readonly string[]): [string, string][] | undefined {
  if (!ts.isVariableDeclaration(node) || !node.initializer) return undefined;
  const made = madeStack(node.initializer, classNames);
  if (made === undefined) return undefined;
  const variables = ts.isIdentifier(node.name)
    ? [node.name]
    : node.name.elements.flatMap((element) => (ts.isBindingElement(element) ? [element.name] : []));
  return variables.filter(ts.isIdentifier).map(({ text }) => [text, made]);
}

function madeStack(node: ts.Node, classNames: readonly string[]): string | undefined {
  if (!ts.isNewExpression(node)) return undefined;
  const name = node.expression.getText().split('.').at(-1)!;
  return classNames.includes(name) ? name : undefined;
}

/** A stack, and the expressions that may name others it needs. */
function dependent(
  node: ts.Node,
  variables: ReadonlyMap<string, string>,
  classNames: readonly string[],
): { readonly stack: string; readonly needs: readonly ts.Expression[] } | undefined {
  const made = madeStack(node, classNames);
  if (made !== undefined) return { stack: made, needs: (node as ts.NewExpression).arguments ?? [] };
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression, name } = node.expression;
  const stack = variables.get(expression.getText());
  return stack !== undefined && /^add(Stack)?Dependency$/.test(name.text)
    ? { stack, needs: node.arguments }
    : undefined;
}

function stacksIn(expression: ts.Expression, variables: ReadonlyMap<string, string>): string[] {
  const named = (node: ts.Node) => (ts.isIdentifier(node) && isValue(node) ? variables.get(node.text) : undefined);
  const whole = named(expression);
  return whole === undefined ? collect(expression, named) : [whole];
}

/** Not the name of a property. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  return !(
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isPropertyAccessExpression(parent) && parent.name === node)
  );
}
