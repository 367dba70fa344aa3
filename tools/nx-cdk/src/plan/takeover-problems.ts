import { interruptions } from './interruptions';
import type { PhysicalName } from './physical-names';
import { isReplaced, type Takeover } from './takeovers';

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
  const stackNames = (some: readonly Takeover[]) => some.map(({ node }) => node.stack.stackName);
  const replaced = going.filter(isReplaced);
  const dependents = going.filter((one) => !isReplaced(one));
  const [are, have, they, them, stacks] =
    replaced.length === 1 ? ['is', 'has', 'It', 'it', 'The stack'] : ['are', 'have', 'They', 'them', 'The stacks'];
  const before =
    dependents.length === 0
      ? ''
      : `, and before ${them} ${stackNames(dependents).join(', ')}, which ${dependents.length === 1 ? 'needs' : 'need'} ${them}`;
  return [
    `${stacks} ${stackNames(replaced).join(', ')} ${are} no longer part of the app, but still ${have} names that can exist once and ` +
      `that are to be those of ${successorsOf(going)}: ${examples(going)}. ${they} must be deleted first${before}.`,
    ...interruptions(going),
    `If this is meant, add: --allowDestructive=${stackNames(going).join(',')}`,
  ].join('\n');
}

/** Why a stack goes before others come. */
export function reasonToGo(takeover: Takeover): string {
  const successors = successorsOf([takeover]);
  return isReplaced(takeover) ? `${successors} takes its place` : `it needs what ${successors} takes the place of`;
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
