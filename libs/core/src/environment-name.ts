/** Every accepted spelling of an environment's name, and the name it stands for. */
const ENVIRONMENT_ALIASES: ReadonlyMap<string, string> = new Map([
  ['local', 'local'],
  ['dev', 'development'],
  ['develop', 'development'],
  ['development', 'development'],
  ['stage', 'staging'],
  ['staging', 'staging'],
  ['prod', 'production'],
  ['production', 'production'],
]);

/**
 * The canonical name of an environment: `local`, `development`, `staging` or `production`.
 *
 * Surrounding white space and case are ignored; `dev` and `develop` mean `development`, `stage` means `staging`,
 * `prod` means `production`.
 *
 * @throws when the name is none of these; the message lists the known names.
 */
export function normalizeEnvironmentName(name: string): string {
  const environment = ENVIRONMENT_ALIASES.get(String(name).trim().toLowerCase());
  if (environment === undefined) {
    throw new Error(
      `Unknown environment ${JSON.stringify(name)}. Known environments: local; development (dev, develop); ` +
        'staging (stage); production (prod).',
    );
  }
  return environment;
}
