import type { LiveState } from '../live-state/live-state';
import type { DestroyOptions } from '../options/options';
import { deletionOrder } from '../plan/deletion-order';
import { stackNameOf } from '../stack-graph/stack-graph';
import { deletionBlockers } from './deletion-blockers';
import { allowing, type DeployedNode } from './deployed-node';
import { findRemovedStacks } from './find-removed-stacks';
import type { Prepared } from './prepare';
import { placeOf } from './read-state';
import { refuseOn } from './refusal';
import type { RunRequest } from './request';

/** What is deployed, and what of it is to be deleted. */
export interface DestroySurvey {
  /** Stacks of the app that are deployed. */
  readonly present: readonly DeployedNode[];
  /** Stacks that are no longer part of it. */
  readonly removed: readonly DeployedNode[];
  /** Those of them that are to be deleted, in the order in which they go one by one. */
  readonly going: readonly DeployedNode[];
  /** By stack id: the ids of the stacks that have to be gone before. */
  readonly order: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Reads what is deployed and decides what a destroy deletes.
 *
 * @throws Refusal with everything that is in the way.
 */
export async function surveyDestroy(
  { app, environment, options, stacks: asked = [] }: RunRequest<DestroyOptions>,
  { graph, selected }: Prepared,
  liveState: LiveState,
): Promise<DestroySurvey> {
  const [stacks, removed] = await Promise.all([
    Promise.all(graph.nodes.map((node) => liveState.stack(node.stack.stackName, placeOf(node)))),
    findRemovedStacks(app, environment, graph, liveState),
  ]);
  const present = graph.nodes.flatMap((node, index): DeployedNode[] => {
    const deployed = stacks[index];
    return deployed ? [{ node, deployed, isRemoved: false }] : [];
  });
  const isAllowed = ({ node }: DeployedNode) => options.allowDestructive.includes(node.stack.stackName);
  const all = [...removed, ...[...present].reverse()];
  const order = deletionOrder(
    all.map(({ node: { stack }, deployed }) => ({ ...stack, template: deployed.template })),
    graph.downstream,
  );
  const going = all.filter((one) => (one.isRemoved ? isAllowed(one) : (selected?.has(one.node.stack.id) ?? true)));
  const names = all.map(({ node }) => node.stack.stackName);
  refuseOn([
    ...unknownNames(options.allowDestructive, environment, removed),
    ...askedButStaying(
      asked.map((stack) => stackNameOf(app, environment, stack)),
      removed,
      going,
    ),
    ...dependentProblems(going, all, order),
    ...(await deletionBlockers(going, new Set(names), liveState)),
  ]);
  return { present, removed, going, order };
}

function unknownNames(allowed: readonly string[], environment: string, removed: readonly DeployedNode[]): string[] {
  const names = removed.map(({ node }) => node.stack.stackName);
  const known = names.length === 0 ? 'There is no such stack.' : `There are ${names.join(', ')}.`;
  return allowed
    .filter((name) => name !== environment && !names.includes(name))
    .map(
      (name) =>
        `${allowing([name])} names neither the environment nor a stack that is no longer part of the app. ${known}`,
    );
}

/** A stack of which only the project is left must be named as what it is. */
function askedButStaying(
  asked: readonly string[],
  removed: readonly DeployedNode[],
  going: readonly DeployedNode[],
): string[] {
  return removed
    .filter((one) => asked.includes(one.node.stack.stackName) && !going.includes(one))
    .map(({ node: { name } }) => `${name} is no longer part of the app. To delete it, add ${allowing([name])}.`);
}

/** Stacks that stay although they need one that goes. */
function dependentProblems(
  going: readonly DeployedNode[],
  all: readonly DeployedNode[],
  order: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  return going.flatMap((one) => {
    const dependents = all.filter(
      (other) => order.get(one.node.stack.id)?.has(other.node.stack.id) && !going.includes(other),
    );
    if (dependents.length === 0) return [];
    const removed = dependents.filter(({ isRemoved }) => isRemoved).map(({ node }) => node.stack.stackName);
    const take = removed.length === 0 ? '' : ` What is no longer part of the app goes with ${allowing(removed)}.`;
    const names = dependents
      .map(({ node }) => node.name)
      .reverse()
      .join(', ');
    return [`${one.node.name} is still needed by ${names}. Destroy these first, or together with it.${take}`];
  });
}
