import type { DriftedProperty, DriftedResource, StackDrift } from '../live-state/drift';

/** The most resources, and properties of one, that a sentence names. */
const NAMED = 3;

/** What was changed behind CloudFormation's back, as a part of a sentence; undefined when nothing was. */
export function driftText({ drifted }: StackDrift): string | undefined {
  if (drifted.length === 0) return undefined;
  return `changed behind CloudFormation's back: ${some(drifted.map(resourceText), ', ')}`;
}

/** One resource, e.g. `Service modified (DesiredCount is 0 instead of 2)`. */
export function resourceText({ logicalId, change, differences }: DriftedResource): string {
  if (change === 'deleted') return `${logicalId} deleted`;
  const details = differences.length === 0 ? '' : ` (${some(differences.map(propertyText), '; ')})`;
  return `${logicalId} modified${details}`;
}

/** One property, e.g. `DesiredCount is 0 instead of 2`. */
export function propertyText({ path, kind, expected, actual }: DriftedProperty): string {
  const name = path.replace(/^\//, '');
  return expected !== undefined && actual !== undefined
    ? `${name} is ${actual} instead of ${expected}`
    : `${name} ${kind}`;
}

function some(parts: readonly string[], separator: string): string {
  const more = parts.length > NAMED ? `${separator}and ${parts.length - NAMED} more` : '';
  return `${parts.slice(0, NAMED).join(separator)}${more}`;
}
