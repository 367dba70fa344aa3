import type { StackReport } from './report';

/** Names of the stacks without what all of them begin with, by stack name, e.g. `alb` for `shop-dev-alb`. */
export function shortNames(stacks: readonly Pick<StackReport, 'stackName'>[]): Map<string, string> {
  const names = stacks.map(({ stackName }) => stackName);
  const words = (names[0] ?? '').split('-');
  let common = 0;
  const startsAlike = (count: number) => {
    const start = `${words.slice(0, count).join('-')}-`;
    return names.every((name) => name.startsWith(start));
  };
  if (names.length > 1) while (common < words.length && startsAlike(common + 1)) common++;
  return new Map(names.map((name) => [name, name.split('-').slice(common).join('-')]));
}
