import { isSsmValue } from '../assembly/template';
import type { DeployedStack } from '../live-state/live-state';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';
import { deletionOrder, reaches } from './deletion-order';
import { isFresh } from './evaluate';
import { type PhysicalName, physicalNames } from './physical-names';
import { keptResources } from './remains';

/**
 * A stack that is no longer part of the app and has names that stacks of the app are about to give to resources of their
 * own: they can be created only when it is gone. Or one that is no longer part of the app either and needs such a stack,
 * which cannot be deleted before.
 */
export interface Takeover {
  /** The stack that has to go. */
  readonly node: StackNode;
  readonly deployed: DeployedStack;
  /** Stacks of the app that get its names, or those of what it needs; in the order of the app. */
  readonly successors: readonly StackNode[];
  /** None of a stack that goes only since it needs another that does. */
  readonly names: readonly PhysicalName[];
  /** Those of the names that would stay taken, since the resource is kept when the stack is deleted. */
  readonly kept: readonly PhysicalName[];
  /** Whether it may be deleted. */
  readonly allowed: boolean;
}

/** A stack that is deployed, but no longer part of the app. */
interface RemovedStack {
  readonly node: StackNode;
  readonly deployed: DeployedStack;
}

/**
 * Finds the stacks that others take the place of.
 *
 * @param nodes the stacks of the app.
 * @param deployed what is deployed of them, by stack id.
 * @param allowed names of the stacks that may be deleted.
 */
export function takeovers(
  removed: readonly RemovedStack[],
  nodes: readonly StackNode[],
  deployed: ReadonlyMap<string, DeployedStack | undefined>,
  allowed: readonly string[],
): Takeover[] {
  const claims = nodes.map((node) => ({ node, claimed: claimedBy(node, deployed.get(node.stack.id)) }));
  const replaced = removed.flatMap((one): Takeover[] => {
    const held = heldBy(one.deployed);
    const { region, stackName } = one.node.stack;
    const taking = claims
      .filter(({ node }) => node.stack.region === region)
      .map(({ node, claimed }) => ({ node, names: held.filter((name) => claimed.has(keyOf(name))) }))
      .filter(({ names }) => names.length > 0);
    if (taking.length === 0) return [];
    const keeps = keptResources(one.deployed);
    const names = taking.flatMap((taker) => taker.names);
    return [
      {
        ...one,
        successors: taking.map(({ node }) => node),
        names,
        kept: names.filter(({ logicalId }) => logicalId !== undefined && keeps.get(logicalId) === 'resource'),
        allowed: allowed.includes(stackName),
      },
    ];
  });
  return [...replaced, ...dependents(removed, replaced, allowed)];
}

/** The stacks that have to be gone before those that are replaced, and are not replaced themselves. */
function dependents(
  removed: readonly RemovedStack[],
  replaced: readonly Takeover[],
  allowed: readonly string[],
): Takeover[] {
  const order = deletionOrder(
    removed.map(({ node, deployed }) => ({ ...node.stack, template: deployed.template })),
    new Map(),
  );
  return removed
    .filter(({ node }) => !replaced.some((one) => one.node === node))
    .flatMap(({ node, deployed }) => {
      const needed = replaced.filter((one) => reaches(order, one.node.stack.id, node.stack.id));
      if (needed.length === 0) return [];
      const successors = [...new Set(needed.flatMap((one) => one.successors))];
      return [{ node, deployed, successors, names: [], kept: [], allowed: allowed.includes(node.stack.stackName) }];
    });
}

/** Whether others take its place. */
export const isReplaced = ({ names }: Takeover): boolean => names.length > 0;

const keyOf = ({ type, name }: PhysicalName) => `${type} ${name}`;

/** A stack whose creation was rolled back has nothing any more. */
function heldBy({ status, template = {} }: DeployedStack): PhysicalName[] {
  return ['ROLLBACK_COMPLETE', 'REVIEW_IN_PROGRESS'].includes(status) ? [] : physicalNames(template);
}

/** The names that a stack does not have yet. */
function claimedBy({ stack }: StackNode, deployed: DeployedStack | undefined): Set<string> {
  const had = new Set(deployed ? heldBy(deployed).map(keyOf) : []);
  return new Set(
    physicalNames(stack.template)
      .map(keyOf)
      .filter((key) => !had.has(key)),
  );
}

/**
 * Values of parameters that the stacks to go have, for those that take their place: by themselves new stacks would begin
 * with the defaults. A parameter with NoEcho is left out, since CloudFormation does not tell its value, and so is one that
 * reads SSM.
 */
export function carriedParameters(going: readonly Takeover[]): Record<string, string> {
  return Object.fromEntries(
    going.filter(isReplaced).flatMap(({ deployed: { template, parameters }, successors }) =>
      Object.entries(template?.Parameters ?? {})
        .filter(([, parameter]) => !isSsmValue(parameter) && String(parameter.NoEcho) !== 'true')
        .filter(([name]) => successors.some(({ stack }) => stack.template.Parameters?.[name] !== undefined))
        .flatMap(([name]) => (parameters[name] === undefined ? [] : [[name, parameters[name].value]])),
    ),
  ) as Record<string, string>;
}

/** Those of the carried values that a stack gets: none when it is there and has its own. */
export function inherited(
  carried: Readonly<Record<string, string>>,
  deployed: DeployedStack | undefined,
): Readonly<Record<string, string>> {
  return isFresh(deployed) ? carried : {};
}

/**
 * Ids of the stacks that can be shipped before a stack goes whose place others take: those that these need, but not the ones
 * that need them. A stack that takes a place may itself need another that does.
 */
export function comesBeforeTakeovers(
  going: readonly Takeover[],
  { upstream, downstream }: Pick<StackGraph, 'upstream' | 'downstream'>,
): ReadonlySet<string> {
  const successors = going.flatMap((takeover) => takeover.successors.map(({ stack }) => stack.id));
  const after = new Set(successors.flatMap((id) => [id, ...(downstream.get(id) ?? [])]));
  return new Set(successors.flatMap((id) => [...(upstream.get(id) ?? [])].filter((other) => !after.has(other))));
}
