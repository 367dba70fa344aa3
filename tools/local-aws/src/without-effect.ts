import { readFileSync } from 'node:fs';

interface RecordedResource {
  readonly stack: string;
  readonly type: string;
  readonly properties: readonly string[];
  /** Why the whole resource is only recorded. */
  readonly recordedOnly?: string;
}

/**
 * What of the given stacks the endpoint keeps in its records and does nothing with: a line for each resource type, so that
 * nobody takes a local deployment for more than it is.
 * @param file the list that the endpoint writes; none when nothing was deployed yet
 * @param stackNames CloudFormation names of the stacks
 */
export function withoutEffect(file: string, stackNames: readonly string[]): string[] {
  const byType = new Map<string, Set<string>>();
  for (const { stack, type, properties, recordedOnly } of readResources(file)) {
    if (!stackNames.includes(stack)) continue;
    const known = byType.get(type) ?? new Set();
    byType.set(type, known);
    for (const entry of recordedOnly === undefined ? properties : [recordedOnly]) known.add(entry);
  }
  if (byType.size === 0) return [];
  const lines = [...byType].map(([type, entries]) => `  ${type}: ${[...entries].sort().join(', ')}`);
  return [`Recorded by the local endpoint without effect (resources: ${file}):`, ...lines.sort()];
}

function readResources(file: string): readonly RecordedResource[] {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { resources: RecordedResource[] }).resources;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
