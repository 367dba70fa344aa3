import type { EnvironmentConfig } from '@v3-backend-infra/config';
import type { Resource, SynthesizedStack } from '../assembly';

/** What the templates of one environment must be like: every violation, with where it is. */
export type Rule = (stacks: SynthesizedStack[], config: EnvironmentConfig) => string[];

/** A resource with its place. */
export interface Placed extends Resource {
  readonly logicalId: string;
  readonly stack: SynthesizedStack;
  /** `stack/logicalId`. */
  readonly at: string;
}

/** All resources of a type, of all stacks. */
export function resources(stacks: SynthesizedStack[], type: string): Placed[] {
  return stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([logicalId, resource]) => ({ ...resource, logicalId, stack, at: `${stack.name}/${logicalId}` })),
  );
}

/** Whether a value has a reference to a resource of the same template. */
export function refersTo(value: unknown, logicalId: string): boolean {
  const text = JSON.stringify(value ?? null);
  return text.includes(`{"Ref":"${logicalId}"}`) || text.includes(`{"Fn::GetAtt":["${logicalId}",`);
}

/** The resource of the same template that a value refers to. */
export function referenced({ stack }: Placed, value: unknown): Resource | undefined {
  const id = Object.keys(stack.template.Resources).find((logicalId) => refersTo(value, logicalId));
  return id === undefined ? undefined : stack.template.Resources[id];
}

/** The resource's policies that deny what does not come over TLS; `type` is `AWS::S3::BucketPolicy` and the like. */
export function denyPlaintext(stacks: SynthesizedStack[], type: string, of: Placed): boolean {
  return resources(stacks, type)
    .filter(({ stack, Properties }) => stack === of.stack && refersTo(Properties, of.logicalId))
    .flatMap(({ Properties }): Statement[] => Properties.PolicyDocument.Statement)
    .some(({ Effect, Condition }) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false');
}

/** A statement of a policy. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: { readonly Service?: string | string[] };
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

/** The statements of all roles and of all policies attached to identities. */
export function identityStatements(stacks: SynthesizedStack[]): { at: string; statement: Statement }[] {
  const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => resources(stacks, type));
  const inline = resources(stacks, 'AWS::IAM::Role').flatMap(({ at, Properties }) =>
    (Properties.Policies ?? []).map((policy: object) => ({ at, Properties: policy })),
  );
  return [...attached, ...inline].flatMap(({ at, Properties }) =>
    Properties.PolicyDocument.Statement.map((statement: Statement) => ({ at, statement })),
  );
}
