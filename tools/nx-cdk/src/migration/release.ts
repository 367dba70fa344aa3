import type { Template } from '../assembly/template';
import { keyOf } from './layout';
import { referencesIn } from './references';
import { PLACEHOLDER } from './rendering';

/**
 * A template without resources that must be gone before the app can make its own. Those stay that something else of the stack
 * refers to, an output included: another stack may import it.
 *
 * @param exclusive keys of such resources.
 * @returns undefined where none can go.
 */
export function releaseOf(
  stackName: string,
  template: Template,
  exclusive: ReadonlySet<string>,
): { readonly template: Template; readonly resources: readonly string[] } | undefined {
  const all = Object.entries(template.Resources ?? {});
  let going = new Set(all.map(([id]) => id).filter((logicalId) => exclusive.has(keyOf({ stackName, logicalId }))));
  for (;;) {
    const staying = [
      ...all.filter(([id]) => !going.has(id)).map(([, one]) => one),
      ...Object.values(template.Outputs ?? {}),
    ];
    const needed = new Set(staying.flatMap(namesIn));
    const next = new Set([...going].filter((id) => !needed.has(id)));
    if (next.size === going.size) break;
    going = next;
  }
  if (going.size === 0) return undefined;
  const staying = all.filter(([id]) => !going.has(id));
  const resources = staying.length > 0 ? staying : [[PLACEHOLDER.logicalId, PLACEHOLDER.resource] as const];
  return {
    template: { ...template, Resources: Object.fromEntries(resources) },
    resources: [...going].map((logicalId) => keyOf({ stackName, logicalId })),
  };
}

const namesIn = (definition: object): string[] => [
  ...referencesIn(definition).map(({ name }) => name),
  ...[(definition as { DependsOn?: string | string[] }).DependsOn ?? []].flat(),
];
