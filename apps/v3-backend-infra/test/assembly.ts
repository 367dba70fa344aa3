import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { App, Stack } from 'aws-cdk-lib';
import { composeBackend } from '../src/backend';
import { configOf, type Variant, VARIANTS } from '../src/variants';

/** One synthesized way to run the backend. */
export interface SynthesizedVariant extends Variant {
  /** With the feature flags of cdk.json, or with none, as an app of another team may have it. */
  readonly flags: boolean;
}

export interface Resource {
  readonly Type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- templates are JSON of any shape
  readonly Properties: any;
  readonly DependsOn?: string | string[];
  readonly DeletionPolicy?: string;
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

/** Every variant, with and without feature flags. */
export const SYNTHESIZED_VARIANTS: SynthesizedVariant[] = VARIANTS.flatMap((variant) =>
  [true, false].map((flags) => ({ ...variant, flags })),
);

/** The stacks of one variant. */
export function synthesize(variant: SynthesizedVariant): SynthesizedStack[] {
  return synthesizeConfig(configOf(variant), variant.flags);
}

/** The stacks of a configuration, with the feature flags of cdk.json or with none. */
export function synthesizeConfig(config: EnvironmentConfig, flags: boolean): SynthesizedStack[] {
  const cdkJson = JSON.parse(readFileSync(join(__dirname, '../cdk.json'), 'utf8'));
  const app = new App({ context: flags ? cdkJson.context : {}, analyticsReporting: false });
  composeBackend(app, config);
  const prefix = `v3-backend-${config.environment}-`;
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
