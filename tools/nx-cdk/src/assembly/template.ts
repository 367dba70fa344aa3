/** A CloudFormation parameter as a template declares it. */
export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: unknown;
  readonly Description?: string;
  readonly NoEcho?: boolean | string;
}

/** A resource as a template declares it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A CloudFormation template, as far as the engine looks into it. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<
    Record<
      string,
      { readonly Value?: unknown; readonly Condition?: string; readonly Export?: { readonly Name?: unknown } }
    >
  >;
  readonly [section: string]: unknown;
}

/** CDK puts it in the description of parameters that must not cause a deployment by themselves. */
const NO_INVALIDATE = '[cdk:skip]';

/** Whether CloudFormation replaces the parameter's value, an SSM parameter's name, by that parameter's value. */
export function isSsmValue({ Type }: TemplateParameter): boolean {
  return Type.startsWith('AWS::SSM::Parameter::Value');
}

/** The SSM parameters whose values a template uses, by the names of its own parameters. */
export function ssmParametersOf(template: Template): Map<string, string> {
  return new Map(
    Object.entries(template.Parameters ?? {})
      .filter(([, parameter]) => isSsmValue(parameter) && !parameter.Description?.includes(NO_INVALIDATE))
      .filter(([, { Default }]) => typeof Default === 'string')
      .map(([name, { Default }]) => [name, Default as string]),
  );
}

/** Names of the SSM parameters that a template creates, where they are literal. */
export function publishedSsmParameters(template: Template): string[] {
  return Object.values(template.Resources ?? {})
    .filter(({ Type }) => Type === 'AWS::SSM::Parameter')
    .map(({ Properties }) => Properties?.['Name'])
    .filter((name) => typeof name === 'string');
}

/** Names of the exports that a template creates, where they are literal. */
export function exportsOf(template: Template): string[] {
  return Object.values(template.Outputs ?? {})
    .map(({ Export }) => Export?.Name)
    .filter((name) => typeof name === 'string');
}

/** Names of the exports that a template imports, where they are literal. */
export function importsOf(template: Template): string[] {
  const found = new Set<string>();
  visit(template, (key, value) => {
    if (key === 'Fn::ImportValue' && typeof value === 'string') found.add(value);
  });
  return [...found];
}

/** An output of another stack that a template reads by `Fn::GetStackOutput`, CDK's weak cross-stack reference. */
export interface StackOutputReference {
  readonly stackName: string;
  readonly output: string;
  /** Undefined means the region of the stack that reads it. */
  readonly region?: string;
}

/** The outputs of other stacks that a template reads, where they are named literally. */
export function stackOutputsReadBy(template: Template): StackOutputReference[] {
  const found = new Map<string, StackOutputReference>();
  visit(template, (key, value) => {
    if (key !== 'Fn::GetStackOutput') return;
    const { StackName: stackName, OutputName: output, Region: region } = value as Record<string, unknown>;
    if (typeof stackName !== 'string' || typeof output !== 'string') return;
    const reference = { stackName, output, ...(typeof region === 'string' ? { region } : {}) };
    found.set(JSON.stringify(reference), reference);
  });
  return [...found.values()];
}

/** The construct that made a resource, e.g. `networking/Vpc/Resource`. */
export function constructPath(template: Template, logicalId: string): string | undefined {
  const path = template.Resources?.[logicalId]?.Metadata?.['aws:cdk:path'];
  return typeof path === 'string' ? path : undefined;
}

/** JSON with sorted keys. CloudFormation stores characters beyond ASCII as question marks. */
export function canonical(value: unknown): string {
  const sorted = JSON.stringify(value, (_key, node: unknown) =>
    typeof node === 'object' && node !== null && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)))
      : node,
  );
  return (sorted ?? '').replace(/[^\0-\x7f]/gu, '?');
}

/** The keys whose values differ, those that only one of the two has included. */
export function differingKeys(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => canonical(a[key]) !== canonical(b[key]));
}

function visit(node: unknown, see: (key: string, value: unknown) => void): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    see(key, value);
    visit(value, see);
  }
}
