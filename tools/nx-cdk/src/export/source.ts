import type { TemplateResource } from '../assembly/template';
import type { DeployedResource, DeployedStack } from '../live-state/live-state';
import type { Origin } from './environment-export';

/** A deployed stack, and what it has. */
export interface SourceStack {
  readonly stackName: string;
  readonly region: string;
  readonly deployed: DeployedStack;
  readonly resources: readonly DeployedResource[];
}

/** A resource that exists. */
export interface SourceResource extends Origin {
  readonly region: string;
  readonly physicalId: string;
  /** As the deployed template declares it; undefined where that cannot be read. */
  readonly declared?: TemplateResource;
  /** The stack it belongs to. */
  readonly of: SourceStack;
}

/** The resources of some types that exist, in the order of stacks and logical ids. */
export function resourcesOf(stacks: readonly SourceStack[], ...types: readonly string[]): SourceResource[] {
  return stacks.flatMap((of) =>
    of.resources
      .filter(({ type }) => types.includes(type))
      .flatMap(({ logicalId, physicalId }) =>
        physicalId === undefined || physicalId === ''
          ? []
          : [
              {
                stack: of.stackName,
                logicalId,
                region: of.region,
                physicalId,
                declared: of.deployed.template?.Resources?.[logicalId],
                of,
              },
            ],
      )
      .sort(byLogicalId),
  );
}

const byLogicalId = (a: SourceResource, b: SourceResource) => compare(a.logicalId, b.logicalId);

/** Order of texts that does not depend on the machine's language. */
export const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Sorted by what a text says of each. */
export const sortedBy = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  [...items].sort((a, b) => compare(key(a), key(b)));

/** Items in groups of at most so many. */
export function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
