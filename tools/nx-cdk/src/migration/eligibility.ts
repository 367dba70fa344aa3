import type { Template, TemplateParameter } from '../assembly/template';
import { functionsIn, referencesIn } from './references';
import { refusalOf } from './refused-types';
import { isSecret, STACK_PSEUDO_PARAMETERS } from './resolvers';
import type { Candidate } from './sides';

/** What the registry says of a type: `FULLY_MUTABLE`, `IMMUTABLE`, `NON_PROVISIONABLE`; undefined where nobody could be asked. */
export type Provisioning = (type: string) => string | undefined;

/** Functions whose arguments are sections of the template that a refactor must not add to another one. */
const SECTION_FUNCTIONS: Readonly<Record<string, string>> = {
  'Fn::If': 'a condition',
  'Fn::FindInMap': 'a mapping',
  'Fn::Transform': 'a macro',
};

/**
 * Why stack refactoring refuses to move a resource to another stack; empty where nothing is known against it.
 *
 * @param template of the stack that it is in.
 */
export function obstaclesTo(one: Candidate, template: Template, provisioning: Provisioning): string[] {
  const { type, definition } = one;
  const references = referencesIn(definition).map(({ name }) => name);
  const parameter = (name: string): TemplateParameter | undefined => template.Parameters?.[name];
  const kind = provisioning(type);
  const refused = refusalOf(type);
  return [
    ...(refused === undefined ? [] : [refused]),
    ...(refused === undefined && kind !== undefined && kind !== 'FULLY_MUTABLE'
      ? [`the registry says that ${type} is ${kind}, and only FULLY_MUTABLE types can be moved`]
      : []),
    ...unique(references.filter((name) => STACK_PSEUDO_PARAMETERS.has(name))).map(
      (name) => `it uses ${name}, which has another value in another stack`,
    ),
    ...unique(references.filter((name) => parameter(name) && isSecret(parameter(name)!))).map(
      (name) => `it uses parameter ${name}, whose value CloudFormation does not tell (NoEcho)`,
    ),
    ...('Condition' in definition
      ? [`it depends on condition ${String(definition['Condition'])}, and a refactor must not add one`]
      : []),
    ...[...functionsIn(definition)]
      .filter((name) => name in SECTION_FUNCTIONS)
      .map((name) => `it uses ${SECTION_FUNCTIONS[name]} (${name}), and a refactor must not add one`),
  ];
}

const unique = <T>(items: readonly T[]) => [...new Set(items)];
