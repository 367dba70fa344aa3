import { keyOf, locationOf, resourcesOf, type DeployedLayout, type TargetLayout } from './layout';
import type { MigrationOptions } from './options';

/**
 * The pairs that the user states, by key of the deployed resource.
 *
 * @param named CloudFormation name of a stack of the app by the name that people use; undefined where there is none.
 * @param problems gets what is wrong with them.
 */
export function statedPairs(
  map: MigrationOptions['map'],
  from: readonly DeployedLayout[],
  target: readonly TargetLayout[],
  named: (stack: string) => string | undefined,
  problems: string[],
): Map<string, string> {
  const typesOf = (stacks: readonly TargetLayout[]) =>
    new Map(
      stacks.flatMap(({ stackName, template }) =>
        resourcesOf(template).map(([logicalId, { Type }]) => [keyOf({ stackName, logicalId }), Type] as const),
      ),
    );
  const [deployed, wanted] = [typesOf(from), typesOf(target)];
  const pairs = new Map<string, string>();
  for (const [old, now] of map) {
    const say = (text: string) => problems.push(`--map=${old}=${now}: ${text}`);
    const sources = [...deployed.keys()].filter((key) => key === old || locationOf(key).logicalId === old);
    const [stack = '', logicalId = ''] = now.split('/');
    const to = keyOf({ stackName: named(stack) ?? stack, logicalId });
    if (sources.length !== 1) {
      say(
        sources.length === 0
          ? `${from.map(({ stackName }) => stackName).join(', ')} has no resource ${old}.`
          : `several stacks have ${old}: write STACK/${old}.`,
      );
    } else if (!wanted.has(to)) say(`the app has no resource ${to}.`);
    else if (deployed.get(sources[0]!) !== wanted.get(to)) {
      say(`${old} is of type ${deployed.get(sources[0]!)}, and ${to} of type ${wanted.get(to)}.`);
    } else if (pairs.has(sources[0]!)) say(`${old} is mapped already.`);
    else if ([...pairs.values()].includes(to)) say(`something else is mapped to ${to} already.`);
    else pairs.set(sources[0]!, to);
  }
  return pairs;
}
