import type { AssembledStack } from '../assembly/assembly';
import { isSsmValue, type Template, type TemplateResource } from '../assembly/template';

/** A resource somewhere in an app. */
export interface FoundResource {
  readonly stack: Pick<AssembledStack, 'template'>;
  readonly logicalId: string;
  readonly resource: TemplateResource;
}

/** Logical ids of the resources that a resource needs: what it refers to, and what it depends on. */
export function neededBy(template: Template, logicalId: string): ReadonlySet<string> {
  const found = [...namedBy(template, logicalId)];
  return new Set(found.filter((id) => id !== logicalId && template.Resources?.[id] !== undefined));
}

/** Everything that a resource refers to, parameters included, and what it depends on. */
export function namedBy(template: Template, logicalId: string): ReadonlySet<string> {
  const resource = template.Resources?.[logicalId];
  const found = new Set<string>();
  for (const id of [(resource as { DependsOn?: unknown } | undefined)?.DependsOn].flat()) {
    if (typeof id === 'string') found.add(id);
  }
  collect(resource?.Properties, found);
  return found;
}

/** Follows a value, from stack to stack if needed, to the resource that it is a reference to. */
export function resolve(
  value: unknown,
  stack: Pick<AssembledStack, 'template'>,
  stacks: readonly Pick<AssembledStack, 'template'>[],
): FoundResource | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::ImportValue': imported } = value as Record<string, unknown>;
  const { Resources = {}, Parameters = {} } = stack.template;
  const logicalId = Array.isArray(attribute) ? (attribute[0] as unknown) : ref;
  if (typeof logicalId === 'string') {
    const resource = Resources[logicalId];
    if (resource) return { stack, logicalId, resource };
    const parameter = Parameters[logicalId];
    if (parameter && isSsmValue(parameter)) return published(parameter.Default, stacks);
  }
  return typeof imported === 'string' ? exported(imported, stacks) : undefined;
}

function published(name: unknown, stacks: readonly Pick<AssembledStack, 'template'>[]): FoundResource | undefined {
  for (const stack of stacks) {
    for (const { Type, Properties } of Object.values(stack.template.Resources ?? {})) {
      if (Type === 'AWS::SSM::Parameter' && Properties?.['Name'] === name) {
        return resolve(Properties?.['Value'], stack, stacks);
      }
    }
  }
  return undefined;
}

function exported(name: string, stacks: readonly Pick<AssembledStack, 'template'>[]): FoundResource | undefined {
  for (const stack of stacks) {
    for (const { Value, Export } of Object.values(stack.template.Outputs ?? {})) {
      if (Export?.Name === name) return resolve(Value, stack, stacks);
    }
  }
  return undefined;
}

function collect(node: unknown, found: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'Ref' && typeof value === 'string') found.add(value);
    else if (key === 'Fn::GetAtt') found.add(String(Array.isArray(value) ? value[0] : String(value).split('.')[0]));
    else if (key === 'Fn::Sub') collectFromText(value, found);
    collect(value, found);
  }
}

function collectFromText(value: unknown, found: Set<string>): void {
  const text: unknown = Array.isArray(value) ? value[0] : value;
  for (const [, name] of String(text).matchAll(/\$\{([^!}.]+)[^}]*\}/g)) found.add(name!);
}
