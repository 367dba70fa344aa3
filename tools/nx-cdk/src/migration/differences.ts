import type { Template, TemplateResource } from '../assembly/template';
import { plain, type Naming } from './forms';
import type { Candidate } from './sides';

/** What the ordinary deploy does to a resource that was moved. */
export interface Difference {
  /** Properties that get another value. */
  readonly properties: readonly string[];
  /** `replace`: one of them cannot be changed in place; `may-replace`: that depends on the value. */
  readonly effect: 'none' | 'update' | 'replace' | 'may-replace';
}

/** A resource as it is and as the app wants it. */
export interface Comparison {
  readonly key: string;
  readonly deployed: Candidate;
  readonly target: Candidate;
}

/**
 * Compares resources by what they mean: a value that is written in another way and is the same is no difference.
 *
 * The resource specification tells which properties replace a resource. Loading it takes most of a second.
 *
 * @param naming of references, by side: two references that lead to the same have the same name.
 */
export async function differencesOf(
  comparisons: readonly Comparison[],
  naming: { readonly deployed: Naming; readonly target: Naming },
): Promise<Map<string, Difference>> {
  const templates = {
    before: { Resources: {} as Record<string, TemplateResource> },
    after: { Resources: {} as Record<string, TemplateResource> },
  };
  const differing = new Map<string, string[]>();
  comparisons.forEach(({ key, deployed, target }, index) => {
    const before = plain(deployed.properties, naming.deployed) as Record<string, unknown>;
    const after = plain(target.properties, naming.target) as Record<string, unknown>;
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const properties = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    differing.set(key, properties);
    if (properties.length === 0) return;
    templates.before.Resources[`R${index}`] = { Type: deployed.type, Properties: before };
    templates.after.Resources[`R${index}`] = { Type: target.type, Properties: after };
  });
  const effects = await effectsOf(templates.before, templates.after);
  return new Map(
    comparisons.map(({ key }, index) => {
      const properties = differing.get(key)!;
      return [key, { properties, effect: properties.length === 0 ? 'none' : (effects.get(`R${index}`) ?? 'update') }];
    }),
  );
}

async function effectsOf(before: Template, after: Template): Promise<Map<string, Difference['effect']>> {
  if (Object.keys(before.Resources ?? {}).length === 0) return new Map();
  const { fullDiff, ResourceImpact } = await import('@aws-cdk/cloudformation-diff');
  const effects = new Map<string, Difference['effect']>();
  fullDiff(before, after).resources.forEachDifference((id, { changeImpact }) => {
    if (changeImpact === ResourceImpact.WILL_REPLACE) effects.set(id, 'replace');
    else if (changeImpact === ResourceImpact.MAY_REPLACE) effects.set(id, 'may-replace');
  });
  return effects;
}
