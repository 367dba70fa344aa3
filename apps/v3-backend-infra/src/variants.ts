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
  /** Whether load balancer, shared resources and compute are three stacks or one. */
  readonly layout: 'modular' | 'monolithic';
}

/** Every combination of environment, SSL and kind of reference. */
const MODULAR: readonly Variant[] = Object.keys(environments).flatMap((environment) =>
  [true, false].flatMap((ssl) =>
    (['ssm', 'direct'] as const).map((references): Variant => ({ environment, ssl, references, layout: 'modular' })),
  ),
);

/** The other layout is made of the same parts, so it is looked at where most is in them, and where least is. */
const MONOLITHIC: readonly Variant[] = [
  { environment: 'production', ssl: true, references: 'ssm', layout: 'monolithic' },
  { environment: 'local', ssl: false, references: 'direct', layout: 'monolithic' },
];

/** The ways to run the backend that are checked. */
export const VARIANTS: readonly Variant[] = [...MODULAR, ...MONOLITHIC];

/** The validated configuration of a variant. */
export function configOf(variant: Variant): EnvironmentConfig {
  return parseEnvironmentConfig(variant.environment, inputOf(variant));
}

/** The environment's configuration as written, with SSL, the kind of reference and the layout of the variant. */
function inputOf({ environment, ssl, references, layout }: Variant): EnvironmentConfigInput {
  const input = environments[environment]!;
  return {
    ...input,
    crossStackReferences: references,
    computeLayout: layout,
    loadBalancer: { ...input.loadBalancer, ssl: { ...input.loadBalancer.ssl!, enabled: ssl } },
  };
}
