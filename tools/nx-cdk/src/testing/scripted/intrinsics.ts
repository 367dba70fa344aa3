import { SCRIPTED_ACCOUNT, SCRIPTED_REGION } from './place';
import type { StackContent } from './scripted-stack';
import { AwsError } from '../wire';

/** What references in a template lead to. */
export interface References {
  readonly stackName: string;
  readonly parameters: StackContent['parameters'];
  readonly exports: ReadonlyMap<string, string>;
  /** The value of another stack's output; undefined when there is none. */
  readonly output: (stack: string, output: string) => string | undefined;
  readonly physicalId: (logicalId: string) => string;
}

/**
 * A value of a template with its references replaced by what they lead to.
 *
 * @throws AwsError when it refers to an export or an output that does not exist.
 */
export function resolve(value: unknown, references: References): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, references));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries.length === 1 ? (entries[0] as [string, unknown]) : ['', undefined];
  return name in INTRINSICS
    ? INTRINSICS[name]?.(argument, references)
    : Object.fromEntries(entries.map(([key, child]) => [key, resolve(child, references)]));
}

const INTRINSICS: Readonly<Record<string, (argument: unknown, references: References) => unknown>> = {
  Ref: (name, { parameters, physicalId, stackName }) => {
    const id = String(name);
    const pseudo = { 'AWS::Region': SCRIPTED_REGION, 'AWS::AccountId': SCRIPTED_ACCOUNT, 'AWS::StackName': stackName };
    if (id in pseudo) return pseudo[id as keyof typeof pseudo];
    const parameter = parameters[id];
    return parameter ? (parameter.resolved ?? parameter.value) : physicalId(id);
  },
  'Fn::GetAtt': (argument, { physicalId }) => {
    const [id = '', attribute = ''] = Array.isArray(argument) ? (argument as string[]) : String(argument).split('.');
    return `${physicalId(id)}.${attribute}`;
  },
  'Fn::Join': (argument, references) => {
    const [separator, list] = argument as [string, unknown];
    // An attribute may be a list; the script does not know of which items.
    return [resolve(list, references)].flat().map(String).join(separator);
  },
  'Fn::Sub': (argument, references) => {
    const [text, given] = Array.isArray(argument) ? (argument as [string, object]) : [String(argument), {}];
    const variables = resolve(given, references) as Record<string, unknown>;
    return text.replaceAll(/\$\{([^}]*)\}/g, (whole, name: string) => {
      if (name.startsWith('!')) return whole.replace('!', '');
      const [id = '', attribute] = name.split(/\.(.*)/s);
      const reference = attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] };
      return String(variables[name] ?? resolve(reference, references));
    });
  },
  'Fn::Split': (argument, references) => {
    const [separator, text] = argument as [string, unknown];
    return String(resolve(text, references)).split(separator);
  },
  'Fn::ImportValue': (argument, references) => {
    const name = String(resolve(argument, references));
    const value = references.exports.get(name);
    if (value === undefined) throw new AwsError(400, 'ValidationError', `No export named ${name} found.`);
    return value;
  },
  'Fn::GetStackOutput': (argument, references) => {
    const { StackName, OutputName } = resolve(argument, references) as Record<string, string>;
    const value = references.output(StackName ?? '', OutputName ?? '');
    if (value !== undefined) return value;
    throw new AwsError(400, 'ValidationError', `Output ${OutputName} of stack ${StackName} does not exist`);
  },
};
