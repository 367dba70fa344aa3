import { normalizeEnvironmentName } from '@v3-backend/core';
import { environments } from './environments';
import { type EnvironmentConfig, environmentConfigSchema } from './schema';

/**
 * The validated configuration of an environment.
 *
 * @param name the environment's name or an alias of it (`dev`, `prod`, …).
 * @throws when the name is unknown, or the configuration is invalid: one error that lists every problem with its path.
 */
export function loadEnvironmentConfig(name: string): EnvironmentConfig {
  const environment = Object.hasOwn(environments, name) ? name : normalizeEnvironmentName(name);
  return parseEnvironmentConfig(environment, environments[environment]);
}

/**
 * Validates a configuration and fills in defaults.
 *
 * @param environment the environment it is for, in its canonical spelling.
 * @param input the configuration as written.
 * @throws one error that lists every problem with its path in the configuration.
 */
export function parseEnvironmentConfig(environment: string, input: unknown): EnvironmentConfig {
  const result = environmentConfigSchema.safeParse(input);
  const problems = result.success ? [] : result.error.issues.map(describe);
  if (result.success && result.data.environment !== environment) {
    problems.push(`environment: must be "${environment}", the environment this configuration is for`);
  }
  if (!result.success || problems.length > 0) {
    throw new Error(
      `The configuration of environment ${environment} is invalid:\n${problems.map((p) => `  - ${p}`).join('\n')}\n` +
        `Correct apps/v3-backend-infra/config/src/environments/${environment}.ts.`,
    );
  }
  return result.data;
}

function describe({ path, message }: { path: PropertyKey[]; message: string }): string {
  const missing = /^Invalid input: expected (\w+), received undefined$/.exec(message);
  const problem = missing ? `is missing; it must be of type ${missing[1]}` : message;
  return `${path.join('.') || '(the whole configuration)'}: ${problem}`;
}
