/** What tells the stacks of one app and environment from all others, by their names. */
export interface Ownership {
  /** The app's `stackName`, with `{stack}` and perhaps `{environment}`. */
  readonly pattern: string;
  readonly environment: string;
  /** All environments of the app. */
  readonly environments: readonly string[];
}

/** How CloudFormation names a nested stack after its parent: `<parent>-<logical id>-<random>`. */
const NESTED = /-[A-Za-z0-9]+-[A-Z0-9]{12,14}$/;

/** Literal text that says something: a separator alone does not. */
const WORD = /[A-Za-z][A-Za-z0-9]/;

/**
 * Stacks that are deployed and named like the app's, but are no longer part of it; none if names do not tell ownership.
 *
 * @param deployed names of the deployed stacks of one region.
 * @param app names of the app's stacks in that region.
 */
export function removedStacks(ownership: Ownership, deployed: readonly string[], app: ReadonlySet<string>): string[] {
  const { pattern, environment, environments } = ownership;
  if (!tellsOwnership(pattern)) return [];
  const own = matcher(pattern, environment);
  // The name of one environment may begin another one's, as in app-dev-… and app-dev-eu-…: the longer one counts.
  const others = pattern.includes('{environment}')
    ? environments.filter((other) => other.length > environment.length)
    : [];
  return deployed.filter(
    (name) =>
      own.test(name) &&
      !app.has(name) &&
      !others.some((other) => matcher(pattern, other).test(name)) &&
      !(NESTED.test(name) && deployed.some((parent) => name.startsWith(`${parent}-`))),
  );
}

/**
 * Whether the name of a stack tells whose it is: not if the pattern has no word apart from its placeholders, or if a
 * placeholder touches other text without a hyphen in between.
 */
export function tellsOwnership(pattern: string): boolean {
  const delimited = pattern.split('-').every((part) => /^(\{\w+\}|[^{}]*)$/.test(part));
  return delimited && WORD.test(pattern.replaceAll(/\{\w+\}/g, ''));
}

function matcher(pattern: string, environment: string): RegExp {
  const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const parts = pattern.replaceAll('{environment}', environment).split('{stack}').map(escaped);
  const [before = '', after = '', ...further] = parts;
  return new RegExp(`^${before}(?<stack>[A-Za-z0-9-]+)${[after, ...further].join('\\k<stack>')}$`);
}
