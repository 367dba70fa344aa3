import { isSsmValue, type Template, type TemplateParameter } from '../assembly/template';
import type { DeployedParameter } from '../live-state/live-state';
import { type Form, formOf, ReferenceForm, referencesOfForm, type Resolver, UnknownForm } from './forms';
import { type DeployedLayout, keyOf, resourcesOf, type TargetLayout } from './layout';

/** What is true of every template of the environment. */
export interface Surroundings {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** Present values of SSM parameters, by name. */
  readonly ssm: ReadonlyMap<string, string>;
  /** Values of exports of deployed stacks that do not take part, by name. */
  readonly exports: ReadonlyMap<string, string>;
}

/** Whether a parameter's value is a list, written with commas. */
export const isListParameter = ({ Type }: TemplateParameter): boolean =>
  Type === 'CommaDelimitedList' || Type.includes('List<');

/** The value that a deployed stack has for a parameter. */
export const valueOfParameter = ({ value, resolved }: DeployedParameter): string => resolved ?? value;

/** Whether CloudFormation keeps the value to itself. */
export const isSecret = ({ NoEcho }: TemplateParameter): boolean => String(NoEcho) === 'true';

/** The pseudo parameters that have another value in another stack. */
export const STACK_PSEUDO_PARAMETERS: ReadonlySet<string> = new Set([
  'AWS::StackName',
  'AWS::StackId',
  'AWS::NotificationARNs',
]);

function pseudo(name: string, { account, region, partition }: Surroundings): Form | undefined {
  const values: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
  return values[name] ?? (name.startsWith('AWS::') ? new UnknownForm(name) : undefined);
}

/**
 * Names in the templates of deployed stacks.
 *
 * @param from the stacks to migrate from: what is imported from them leads to their resources, also by way of other stacks.
 * @param present other deployed stacks of the app.
 */
export function deployedResolver(
  { stackName, template, parameters }: DeployedLayout,
  from: readonly DeployedLayout[],
  present: readonly DeployedLayout[],
  around: Surroundings,
): Resolver {
  return {
    reference: ({ name, attribute }) => {
      const parameter = template.Parameters?.[name];
      if (parameter) {
        const deployed = parameters[name];
        if (isSecret(parameter) || !deployed) return new UnknownForm(`parameter ${name}`);
        return parameterForm(parameter, valueOfParameter(deployed));
      }
      return pseudo(name, around) ?? new ReferenceForm({ resource: keyOf({ stackName, logicalId: name }), attribute });
    },
    import: (name) => {
      const exported = exportedBy(name, from, present, around);
      const leadsToFrom =
        exported !== undefined &&
        referencesOfForm(exported).some(({ resource }) =>
          from.some((stack) => resource.startsWith(`${stack.stackName}/`)),
        );
      return leadsToFrom ? exported : importForm(name, around, () => exported);
    },
    mapped: mappings(template),
    condition: (name) =>
      conditionOf(name, template, (key) => (parameters[key] ? valueOfParameter(parameters[key]) : undefined), around),
  };
}

function exportedBy(
  name: Form,
  from: readonly DeployedLayout[],
  present: readonly DeployedLayout[],
  around: Surroundings,
): Form | undefined {
  for (const stack of [...from, ...present]) {
    const output = Object.values(stack.template.Outputs ?? {}).find(({ Export }) => Export?.Name === name);
    if (output) return formOf(output.Value, deployedResolver(stack, from, present, around));
  }
  return undefined;
}

/** What decides how names in the synthesized templates are resolved. */
export interface TargetContext {
  readonly target: readonly TargetLayout[];
  /** Physical id of a resource that is deployed where the app wants it already. */
  readonly inPlace: (key: string) => string | undefined;
  /** Values that the monolith has for parameters that are no SSM parameters, by name. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly around: Surroundings;
}

/** Names in the templates of the synthesized app. What the app itself publishes in SSM is followed to its origin. */
export function targetResolver({ stackName, template }: TargetLayout, context: TargetContext): Resolver {
  const { target, around, inPlace } = context;
  return {
    reference: ({ name, attribute }) => {
      const parameter = template.Parameters?.[name];
      if (parameter) return targetParameter(name, parameter, context);
      const key = keyOf({ stackName, logicalId: name });
      const known = attribute === undefined ? inPlace(key) : undefined;
      return pseudo(name, around) ?? known ?? new ReferenceForm({ resource: key, attribute });
    },
    import: (name) => importForm(name, around, () => wantedExport(name, context)),
    mapped: mappings(template),
    condition: (name) =>
      conditionOf(
        name,
        template,
        (key) => {
          const value = context.parameters.get(key) ?? template.Parameters?.[key]?.Default;
          return value === undefined ? undefined : String(value);
        },
        around,
      ),
  };

  function wantedExport(name: Form, within: TargetContext): Form | undefined {
    for (const stack of target) {
      const output = Object.values(stack.template.Outputs ?? {}).find(({ Export }) => Export?.Name === name);
      if (output) return formOf(output.Value, targetResolver(stack, within));
    }
    return undefined;
  }
}

function targetParameter(name: string, parameter: TemplateParameter, context: TargetContext): Form {
  const { target, around, inPlace } = context;
  if (!isSsmValue(parameter)) {
    const value = context.parameters.get(name) ?? parameter.Default;
    return value === undefined ? new UnknownForm(`parameter ${name}`) : parameterForm(parameter, String(value));
  }
  const path = String(parameter.Default);
  for (const stack of target) {
    const published = resourcesOf(stack.template).find(
      ([, { Type, Properties }]) => Type === 'AWS::SSM::Parameter' && Properties?.['Name'] === path,
    );
    if (!published) continue;
    const [logicalId, { Properties }] = published;
    if (inPlace(keyOf({ stackName: stack.stackName, logicalId })) !== undefined && around.ssm.has(path)) break;
    const form = formOf(Properties?.['Value'], targetResolver(stack, context));
    return isListParameter(parameter) && typeof form === 'string' ? form.split(',') : form;
  }
  const value = around.ssm.get(path);
  return value === undefined ? new UnknownForm(`SSM ${path}`) : parameterForm(parameter, value);
}

const parameterForm = (parameter: TemplateParameter, value: string): Form =>
  isListParameter(parameter) ? value.split(',') : value;

function importForm(name: Form, { exports }: Surroundings, structural: () => Form | undefined): Form {
  const value = typeof name === 'string' ? exports.get(name) : undefined;
  return value ?? structural() ?? new UnknownForm('Fn::ImportValue', name);
}

function mappings(template: Template): Resolver['mapped'] {
  return (keys) => {
    let found: unknown = template['Mappings'];
    for (const key of keys)
      found = typeof key === 'string' ? (found as Record<string, unknown> | undefined)?.[key] : undefined;
    return typeof found === 'string' ? found : new UnknownForm('Fn::FindInMap', keys);
  };
}

/** Evaluates a condition of a template. */
function conditionOf(
  name: string,
  template: Template,
  parameter: (name: string) => string | undefined,
  around: Surroundings,
): boolean | undefined {
  const conditions = (template['Conditions'] ?? {}) as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string | undefined => {
    if (typeof value !== 'object' || value === null) return String(value);
    const { Ref } = value as { Ref?: string };
    if (Ref === undefined) return undefined;
    const known = pseudo(Ref, around);
    return typeof known === 'string' ? known : parameter(Ref);
  };
  const holds = (value: unknown): boolean | undefined => {
    const [fn, argument] = Object.entries(value as object)[0] as [string, unknown[]];
    if (fn === 'Condition') return conditionOf(String(argument), template, parameter, around);
    if (fn === 'Fn::Equals') {
      const [a, b] = argument.map(text);
      return a === undefined || b === undefined ? undefined : a === b;
    }
    const parts = argument.map(holds);
    if (fn === 'Fn::Not') return parts[0] === undefined ? undefined : !parts[0];
    const decisive = fn === 'Fn::Or';
    if (parts.includes(decisive)) return decisive;
    return parts.includes(undefined) ? undefined : !decisive;
  };
  return name in conditions ? holds(conditions[name]) : undefined;
}
