import {
  type EnvironmentConfig,
  type EnvironmentConfigInput,
  environments,
  parseEnvironmentConfig,
} from '@v3-backend-infra/config';

/** A way to run the backend. */
export interface Variant {
  readonly environment: string;
  /** Whether there is a hosted zone, a certificate and HTTPS. */
  readonly ssl: boolean;
  /** How stacks read each other's values. */
  readonly references: 'ssm' | 'direct';
}

/** Every combination of environment, SSL and kind of reference. */
export const VARIANTS: readonly Variant[] = Object.keys(environments).flatMap((environment) =>
  [true, false].flatMap((ssl) =>
    (['ssm', 'direct'] as const).map((references): Variant => ({ environment, ssl, references })),
  ),
);

/** The validated configuration of a variant. */
export function configOf(variant: Variant): EnvironmentConfig {
  return parseEnvironmentConfig(variant.environment, inputOf(variant));
}

/** The environment's configuration as written, with SSL and the kind of reference of the variant. */
function inputOf({ environment, ssl, references }: Variant): EnvironmentConfigInput {
  const input = environments[environment]!;
  return {
    ...input,
    crossStackReferences: references,
    loadBalancer: { ...input.loadBalancer, ssl: { ...input.loadBalancer.ssl!, enabled: ssl } },
  };
}
