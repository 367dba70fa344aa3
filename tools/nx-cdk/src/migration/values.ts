import { formOf, type Naming, ReferenceForm, type ResourceReference } from './forms';
import { type DeployedLayout, keyOf } from './layout';
import { deployedResolver, type Surroundings } from './resolvers';
import type { Candidate } from './sides';

const nameOf = ({ resource, attribute = '' }: ResourceReference) => `${resource}.${attribute}`;

/**
 * What is known of the values of deployed resources: a `Ref` is the physical id, and an attribute that the stack publishes,
 * as an output or in SSM, has the value that is published.
 */
export function knownValues(
  from: readonly DeployedLayout[],
  candidates: readonly Candidate[],
  around: Surroundings,
): (reference: ResourceReference) => string | undefined {
  const values = new Map<string, string>();
  for (const { key, type, properties, physicalId } of candidates) {
    if (physicalId !== undefined) values.set(nameOf({ resource: key }), physicalId);
    const { Name: name, Value: value } = properties;
    const published = type === 'AWS::SSM::Parameter' && typeof name === 'string' ? around.ssm.get(name) : undefined;
    if (published !== undefined) values.set(nameOf({ resource: key, attribute: 'Value' }), published);
    if (value instanceof ReferenceForm && published !== undefined) values.set(nameOf(value.reference), published);
  }
  for (const stack of from) {
    for (const [name, { Value }] of Object.entries(stack.template.Outputs ?? {})) {
      const form = formOf(Value, deployedResolver(stack, from, [], around));
      const value = stack.outputs[name];
      if (form instanceof ReferenceForm && value !== undefined) values.set(nameOf(form.reference), value);
    }
  }
  return (reference) => values.get(nameOf(reference));
}

/**
 * Names for references by which two that lead to the same are recognized: their value where it is known, else the deployed
 * resource.
 *
 * @param movedFrom key of the deployed resource that becomes a resource of the app; undefined where a new one is made.
 */
export function namingByValue(
  valueOf: (reference: ResourceReference) => string | undefined,
  movedFrom: (target: string) => string | undefined,
): { readonly deployed: Naming; readonly target: Naming } {
  const deployed: Naming = (reference) => valueOf(reference) ?? `deployed ${nameOf(reference)}`;
  return {
    deployed,
    target: (reference) => {
      const resource = movedFrom(reference.resource);
      return resource === undefined ? `new ${nameOf(reference)}` : deployed({ ...reference, resource });
    },
  };
}

/** Key of a resource in place, as a deployed layout has it. */
export const inPlaceIn =
  (present: readonly DeployedLayout[], target: (key: string) => boolean) =>
  (key: string): string | undefined => {
    if (!target(key)) return undefined;
    for (const { stackName, physicalIds } of present) {
      for (const [logicalId, physicalId] of physicalIds) if (keyOf({ stackName, logicalId }) === key) return physicalId;
    }
    return undefined;
  };
