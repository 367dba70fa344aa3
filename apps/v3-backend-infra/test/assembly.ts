import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EnvironmentConfigInput, environments, parseEnvironmentConfig } from '@v3-backend-infra/config';
import { App, Stack } from 'aws-cdk-lib';
import { composeBackend } from '../src/backend';

/** One synthesized way to run the backend. */
export interface Variant {
  readonly environment: string;
  readonly ssl: boolean;
  readonly references: 'ssm' | 'direct';
  /** With the feature flags of cdk.json, or with none, as an app of another team may have it. */
  readonly flags: boolean;
}

export interface Resource {
  readonly Type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- templates are JSON of any shape
  readonly Properties: any;
}

export interface SynthesizedStack {
  /** The stack's short name, e.g. `app-shared`. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly template: {
    readonly Parameters?: Record<string, { Type: string; Default?: string }>;
    readonly Resources: Record<string, Resource>;
  };
  /** Short names of the stacks it is deployed after. */
  readonly dependsOn: string[];
}

/** Every combination of environment, SSL, kind of reference, and feature flags. */
export const VARIANTS: Variant[] = Object.keys(environments).flatMap((environment) =>
  [true, false].flatMap((ssl) =>
    (['ssm', 'direct'] as const).flatMap((references) =>
      [true, false].map((flags) => ({ environment, ssl, references, flags })),
    ),
  ),
);

/** The configuration as written, with SSL and the kind of reference of the variant. */
export function inputOf({ environment, ssl, references }: Variant): EnvironmentConfigInput {
  const input = environments[environment]!;
  return {
    ...input,
    crossStackReferences: references,
    loadBalancer: { ...input.loadBalancer, ssl: { ...input.loadBalancer.ssl!, enabled: ssl } },
  };
}

export function synthesize(variant: Variant): SynthesizedStack[] {
  const cdkJson = JSON.parse(readFileSync(join(__dirname, '../cdk.json'), 'utf8'));
  const app = new App({ context: variant.flags ? cdkJson.context : {}, analyticsReporting: false });
  composeBackend(app, parseEnvironmentConfig(variant.environment, inputOf(variant)));
  const prefix = `v3-backend-${variant.environment}-`;
  const assembly = app.synth();
  return app.node.children.filter(Stack.isStack).map((stack) => {
    const artifact = assembly.getStackByName(stack.stackName);
    return {
      name: stack.stackName.replace(prefix, ''),
      account: artifact.environment.account,
      region: artifact.environment.region,
      template: artifact.template,
      dependsOn: stack.dependencies.map((needed) => needed.stackName.replace(prefix, '')).sort(),
    };
  });
}

/** All resources of a type, of all stacks. */
export function resourcesOf(stacks: SynthesizedStack[], type: string): Resource[] {
  return stacks.flatMap(({ template }) =>
    Object.values(template.Resources).filter((resource) => resource.Type === type),
  );
}
