import { importsOf, type Template } from '../assembly/template';
import type { DeployedStack } from '../live-state/live-state';

/** Name of the output that says of a deployed stack that it let go of exports, and of whose. */
const MARK = 'LetGoOfExportsOf';

/** Values of a stack's exports, by export name, as far as the names are literal. */
export function exportedValues({ template, outputs }: DeployedStack): Map<string, string> {
  return new Map(
    Object.entries(template?.Outputs ?? {}).flatMap(([output, { Export }]) => {
      const value = outputs[output];
      return typeof Export?.Name === 'string' && value !== undefined ? [[Export.Name, value] as const] : [];
    }),
  );
}

/**
 * A deployed template with the values of some exports in the places where it imports them; undefined when it imports none.
 *
 * An export that is imported can be neither deleted nor changed, so a stack that goes before others take its place must not
 * be imported from when it goes. With the values written out, no resource of the importing stack changes.
 *
 * @param values of the exports, by name.
 * @param from names of the stacks that have them. An output tells them, and makes sure that CloudFormation finds something
 * to update where no property has another value.
 */
export function withoutImports(
  deployed: Template,
  values: ReadonlyMap<string, string>,
  from: readonly string[],
): Template | undefined {
  if (!importsOf(deployed).some((name) => values.has(name))) return undefined;
  const replaced = replaceImports(deployed, values) as Template;
  return { ...replaced, Outputs: { ...replaced.Outputs, [MARK]: { Value: from.join(', ') } } };
}

function replaceImports(node: unknown, values: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(node)) return node.map((item) => replaceImports(item, values));
  if (typeof node !== 'object' || node === null) return node;
  const imported = (node as Record<string, unknown>)['Fn::ImportValue'];
  if (typeof imported === 'string' && values.has(imported)) return values.get(imported);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, replaceImports(value, values)]));
}
