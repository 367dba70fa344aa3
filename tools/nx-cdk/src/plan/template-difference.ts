import { canonical, constructPath, differingKeys, type Template } from '../assembly/template';

/** The most names a reason lists. */
const LISTED = 5;

/** What differs between the deployed and the synthesized template, as a phrase; undefined when they are equal. */
export function templateDifference(deployed: Template | undefined, synthesized: Template): string | undefined {
  if (deployed === undefined) return 'the deployed template cannot be compared';
  if (canonical(deployed) === canonical(synthesized)) return undefined;

  const resources = differingKeys(deployed.Resources ?? {}, synthesized.Resources ?? {});
  if (resources.length > 0) {
    const label = (id: string) => shortPath(constructPath(synthesized, id) ?? constructPath(deployed, id)) ?? id;
    const listed = resources.slice(0, LISTED).map(label).join(', ');
    const more = resources.length > LISTED ? ` and ${resources.length - LISTED} more` : '';
    return `${resources.length} ${resources.length === 1 ? 'resource' : 'resources'} changed: ${listed}${more}`;
  }
  return `${differingKeys(deployed, synthesized).join(', ')} changed`;
}

/** A construct's path below its stack; most people know constructs, not logical ids. */
function shortPath(path: string | undefined): string | undefined {
  return path?.replace(/^[^/]+\//, '').replace(/\/Resource$/, '');
}
