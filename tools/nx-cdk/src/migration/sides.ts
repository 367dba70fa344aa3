import { constructPath, type TemplateResource } from '../assembly/template';
import { type Form, formOf, referencesOfForm } from './forms';
import { IDENTITY } from './identity';
import { type DeployedLayout, keyOf, type Location, resourcesOf, type TargetLayout } from './layout';
import { deployedResolver, type Surroundings, type TargetContext, targetResolver } from './resolvers';

/** A resource as pairing sees it. */
export interface Candidate {
  readonly key: string;
  readonly location: Location;
  readonly type: string;
  readonly definition: TemplateResource;
  /** Properties by name. */
  readonly properties: Readonly<Record<string, Form>>;
  /** Keys of the resources that its properties refer to. */
  readonly refersTo: readonly string[];
  /** Constructs from below the stack to the resource; empty where the template does not tell. */
  readonly path: readonly string[];
  /** Of a deployed resource. */
  readonly physicalId?: string;
}

/** The resources of the deployed stacks to migrate from. */
export function deployedCandidates(
  from: readonly DeployedLayout[],
  present: readonly DeployedLayout[],
  around: Surroundings,
): Candidate[] {
  return from.flatMap((stack) => {
    const resolver = deployedResolver(stack, from, present, around);
    return resourcesOf(stack.template).map(([logicalId, definition]) => ({
      ...candidate(stack, logicalId, definition, formOf(definition.Properties ?? {}, resolver)),
      physicalId: stack.physicalIds.get(logicalId),
    }));
  });
}

/** The resources of the synthesized app. */
export function targetCandidates(context: TargetContext): Candidate[] {
  return context.target.flatMap((stack) => {
    const resolver = targetResolver(stack, context);
    return resourcesOf(stack.template).map(([logicalId, definition]) =>
      candidate(stack, logicalId, definition, formOf(definition.Properties ?? {}, resolver)),
    );
  });
}

function candidate(
  { stackName, template }: DeployedLayout | TargetLayout,
  logicalId: string,
  definition: TemplateResource,
  properties: Form,
): Candidate {
  const location = { stackName, logicalId };
  return {
    key: keyOf(location),
    location,
    type: definition.Type,
    definition,
    properties: properties as Candidate['properties'],
    refersTo: [...new Set(referencesOfForm(properties).map(({ resource }) => resource))],
    // The first one is the stack; the last one says only that it is a resource.
    path: (constructPath(template, logicalId) ?? '')
      .split('/')
      .slice(1)
      .filter((part) => part !== 'Resource' && part !== 'Default'),
  };
}

/** The properties that tell a resource from all others, where it has them: see `IDENTITY`. */
export function identityOf({ type, properties }: Candidate): { names: readonly string[]; forms: Form[] } | undefined {
  const names = IDENTITY[type]?.find((all) => all.every((name) => properties[name] !== undefined));
  return names && { names, forms: names.map((name) => properties[name]!) };
}
