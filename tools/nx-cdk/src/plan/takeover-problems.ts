import { interruptions } from './interruptions';
import type { PhysicalName } from './physical-names';
import type { Takeover } from './takeovers';

/** Why stacks whose place others take must not be deleted. */
export function takeoverProblems(going: readonly Takeover[]): string[] {
  return [...keptNames(going), ...(going.every(({ allowed }) => allowed) ? [] : [notAllowed(going)])];
}

/** What a resource keeps nobody else can have. */
function keptNames(going: readonly Takeover[]): string[] {
  return going.flatMap(({ node, successors, kept }) =>
    kept.map(
      ({ type, name }) =>
        `${node.name} would keep the name ${name} (${type}) even when it is deleted, as its deletion policy says, and ` +
        `${namesOf(successors)} could not be created. Give the new resource another name or none.`,
    ),
  );
}

function notAllowed(going: readonly Takeover[]): string {
  const stackNames = going.map(({ node }) => node.stack.stackName);
  const [are, have, they, stacks] =
    going.length === 1 ? ['is', 'has', 'It', 'The stack'] : ['are', 'have', 'They', 'The stacks'];
  return [
    `${stacks} ${stackNames.join(', ')} ${are} no longer part of the app, but still ${have} names that can exist once and ` +
      `that are to be those of ${successorsOf(going)}: ${examples(going)}. ${they} must be deleted first.`,
    ...interruptions(going),
    `If this is meant, add: --allowDestructive=${stackNames.join(',')}`,
  ].join('\n');
}

/** Names of all stacks that take a place. */
export function successorsOf(going: readonly Takeover[]): string {
  return namesOf([...new Set(going.flatMap(({ successors }) => successors))]);
}

const namesOf = (nodes: Takeover['successors']): string => nodes.map(({ name }) => name).join(', ');

/** One name of each type, and how many there are. */
function examples(going: readonly Takeover[]): string {
  const names = going.flatMap((takeover) => takeover.names);
  const byType = new Map<string, PhysicalName>(names.map((name) => [name.type, name]));
  const more = names.length - byType.size;
  const told = [...byType.values()].map(({ type, name }) => `${type} ${name}`).join(', ');
  return more === 0 ? told : `${told}, and ${more} more`;
}
