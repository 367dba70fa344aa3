import { exportsOf, type Template } from '../assembly/template';
import type { DeployedStack } from '../live-state/live-state';
import type { StackNode } from '../stack-graph/stack-graph';

/** Names of exports that a deployed stack has and its new template no longer has. */
export function droppedExports({ stack }: StackNode, deployed: DeployedStack | undefined): string[] {
  const after = new Set(exportsOf(stack.template));
  return exportsOf(deployed?.template ?? {}).filter((name) => !after.has(name));
}

/** Exports in a sentence; CDK gives them long names. */
export const exportNames = (names: readonly string[]): string =>
  names.length > 2 ? `${names.length} exports` : names.join(' and ');

/** The stack as the app has it, with another template. */
export function withTemplate(node: StackNode, template: Template): StackNode {
  return { ...node, stack: { ...node.stack, template, isVariant: true } };
}

/**
 * The new template with those outputs of the deployed one that have these exports.
 *
 * CloudFormation refuses to delete an export in use, and the stacks that import it let go of it only when they are updated
 * themselves, perhaps with something new of this very stack. So a stack can ship with everything new and its old exports,
 * and once more without them when nobody imports them any more.
 *
 * An output whose value refers to something that the new template no longer has cannot be kept: then the deployed template
 * is returned, which makes the stack wait for its importers before it changes at all.
 */
export function withExports(synthesized: Template, deployed: Template, names: readonly string[]): Template {
  const kept = Object.entries(deployed.Outputs ?? {}).filter(([, { Export }]) => names.includes(String(Export?.Name)));
  const known = new Set(
    ['Resources', 'Parameters', 'Conditions'].flatMap((section) => Object.keys((synthesized[section] as object) ?? {})),
  );
  const resolvable = kept
    .flatMap(([, { Value, Condition }]) => [...referencesOf(Value), ...(Condition === undefined ? [] : [Condition])])
    .every((name) => known.has(name) || name.startsWith('AWS::'));
  if (!resolvable) return deployed;
  return { ...synthesized, Outputs: { ...synthesized.Outputs, ...Object.fromEntries(kept) } };
}

/** Logical ids that a value refers to by `Ref`, `Fn::GetAtt` or `Fn::Sub`. */
function referencesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, argument]: [string, unknown]) => {
    if (key === 'Ref' && typeof argument === 'string') return [argument];
    if (key === 'Fn::GetAtt') return [Array.isArray(argument) ? String(argument[0]) : String(argument).split('.')[0]!];
    if (key === 'Fn::Sub') {
      const [text, own] = Array.isArray(argument) ? (argument as [string, object]) : [String(argument), {}];
      const names = [...text.matchAll(/\$\{([^!.}][^.}]*)[^}]*\}/g)].map(([, name]) => name!);
      return [...names.filter((name) => !(name in own)), ...referencesOf(own)];
    }
    return referencesOf(argument);
  });
}
