import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isSsmValue, type Template } from '../../assembly/template';
import { parseTemplate } from '../../migration/parse-template';
import { AwsError, listOf } from '../wire';
import { resolve } from './intrinsics';
import type { ScriptedOutput, ScriptedResource, ScriptedStack, StackContent } from './scripted-stack';
import type { World } from './world';

const PUBLISHED = 'AWS::SSM::Parameter';

/**
 * What a request would make of a stack.
 *
 * @throws AwsError when the template refers to something that does not exist.
 */
export function requestedContent(stack: ScriptedStack, request: URLSearchParams, world: World): StackContent {
  const body = bodyOf(stack, request, world);
  const template = parseTemplate(body);
  const parameters = parametersOf(template, stack, listOf(request, 'Parameters'), world);
  const references = {
    stackName: stack.name,
    parameters,
    exports: world.exports,
    output: (name: string, output: string) => world.stacks.get(name)?.outputs[output]?.value,
    physicalId: (id: string) => publishedName(template, id) ?? stack.resources.get(id)?.physicalId ?? `physical-${id}`,
  };
  const resources = Object.entries(template.Resources ?? {}).map(([id, resource]): [string, ScriptedResource] => {
    const { Type: type, Properties, ...attributes } = resource;
    const properties = resolve(Properties ?? {}, references) as Record<string, unknown>;
    return [id, { type, physicalId: references.physicalId(id), properties, attributes }];
  });
  const outputs = Object.entries(template.Outputs ?? {}).map(([key, { Value, Export }]): [string, ScriptedOutput] => {
    const exportName = Export === undefined ? undefined : String(resolve(Export.Name, references));
    return [key, { value: String(resolve(Value, references)), exportName }];
  });
  return {
    body,
    parameters,
    tags: request.has('Tags') || request.has('Tags.member.1.Key') ? tagsOf(request) : stack.tags,
    resources: new Map(resources),
    outputs: Object.fromEntries(outputs),
  };
}

/** A parameter's physical id is its name. */
function publishedName(template: Template, id: string): string | undefined {
  const { Type, Properties } = template.Resources?.[id] ?? {};
  const name = Properties?.['Name'];
  return Type === PUBLISHED && typeof name === 'string' ? name : undefined;
}

function bodyOf(stack: ScriptedStack, request: URLSearchParams, { templates, uploaded }: World): string {
  const url = request.get('TemplateURL');
  if (url === null) return request.get('TemplateBody') ?? stack.body;
  const name = basename(new URL(url).pathname);
  return uploaded.get(name) ?? readFileSync(join(templates, name), 'utf8');
}

function tagsOf(request: URLSearchParams): Record<string, string> {
  return Object.fromEntries(listOf(request, 'Tags').map(({ Key = '', Value = '' }) => [Key, Value]));
}

function parametersOf(
  template: Template,
  stack: ScriptedStack,
  given: readonly Record<string, string>[],
  { ssm }: World,
): StackContent['parameters'] {
  const unknown: string[] = [];
  const entries = Object.entries(template.Parameters ?? {}).map(([key, parameter]) => {
    const one = given.find(({ ParameterKey }) => ParameterKey === key);
    const previous = one?.['UsePreviousValue'] === 'true' ? stack.parameters[key]?.value : undefined;
    const value = one?.['ParameterValue'] ?? previous ?? String(parameter.Default ?? '');
    if (!isSsmValue(parameter)) return [key, { value }] as const;
    const resolved = ssm.get(value);
    if (resolved === undefined) unknown.push(value);
    return [key, { value, resolved }] as const;
  });
  if (unknown.length === 0) return Object.fromEntries(entries);
  const text = `Unable to fetch parameters [${unknown.join(',')}] from parameter store for this account.`;
  throw new AwsError(400, 'ValidationError', text);
}
