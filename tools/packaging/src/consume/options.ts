/** The languages with an app in `apps/consumers`, and of the packages that a release is tested with. */
export const CONSUMERS = ['typescript', 'python', 'java', 'go'] as const;
export type Consumer = (typeof CONSUMERS)[number];

/** Of `npm run test:languages` and `npm run test:release`. */
export const USAGE = `The one option is --skip=<${CONSUMERS.join('|')}>[,…]`;

/**
 * The languages to run: all but those that are skipped by name.
 *
 * @throws Error that names everything that is wrong with the arguments
 */
export function selectedConsumers(args: readonly string[]): Consumer[] {
  const problems = args.filter((arg) => !arg.startsWith('--skip=')).map((arg) => `${arg} is no option`);
  const skipped = args
    .filter((arg) => arg.startsWith('--skip='))
    .flatMap((arg) => arg.slice('--skip='.length).split(','));
  const names: readonly string[] = CONSUMERS;
  problems.push(...skipped.filter((name) => !names.includes(name)).map((name) => `${name || '""'} is no language`));
  const selected = CONSUMERS.filter((name) => !skipped.includes(name));
  if (selected.length === 0) problems.push('every language is skipped');
  if (problems.length > 0) throw new Error([...problems, USAGE].join('\n'));
  return selected;
}
