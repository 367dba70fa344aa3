import type { ExportedStack } from '../environment-export';
import { sortedBy, type SourceStack } from '../source';

/** A stack as it is exported. */
export function exportedStack({ stackName, region, deployed, resources }: SourceStack): ExportedStack {
  return {
    name: stackName,
    stackId: deployed.stackId,
    region,
    status: deployed.status,
    lastUpdated: deployed.lastUpdated,
    terminationProtection: deployed.terminationProtection,
    parameters: sortedRecord(deployed.parameters),
    outputs: sortedRecord(deployed.outputs),
    tags: sortedRecord(deployed.tags),
    resources: sortedBy(resources, ({ logicalId }) => logicalId).map(({ logicalId, type, physicalId }) => ({
      logicalId,
      type,
      physicalId: physicalId ?? null,
    })),
  };
}

const sortedRecord = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(sortedBy(Object.entries(record), ([key]) => key));
