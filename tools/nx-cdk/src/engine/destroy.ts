import type { LiveState } from '../live-state/live-state';
import type { DestroyOptions } from '../options/options';
import { deletionOrder } from '../plan/deletion-order';
import type { RunReport } from '../report/report';
import { deleteStacks } from './delete-stacks';
import { deletionBlockers } from './deletion-blockers';
import { allowing, type DeployedNode, recordRemoved } from './deployed-node';
import { findRemovedStacks } from './find-removed-stacks';
import type { Journal } from './journal';
import { prepare, type Prepared } from './prepare';
import { placeOf } from './read-state';
import { refuseOn } from './refusal';
import type { RunParts, RunRequest } from './request';
import { runAndReport } from './run';

/** Deletes the stacks asked for, dependents first, and reports all stacks of the app. */
export function destroy(request: RunRequest<DestroyOptions>, parts: RunParts): Promise<RunReport> {
  return runAndReport(request, parts, async (journal, lock, base) => {
    const prepared = await prepare(request, parts, journal, confirmationProblems(request));
    const { options, environment } = request;
    parts.listener({
      type: 'run-started',
      action: 'destroy',
      environment,
      account: journal.account ?? '',
      region: journal.region ?? '',
      dryRun: false,
    });
    const [first] = await Promise.all([survey(request, prepared, parts.liveState), lock.refuseIfHeld()]);
    let state = first;
    if (first.going.length > 0) {
      await lock.acquire();
      // What was read before the lock was held may have been somebody else's work in progress.
      state = await survey(request, prepared, parts.liveState);
      await base.beginDeleting();
    }
    recordOthers(state, prepared, journal);
    announce(state, options.concurrency, parts);
    const { directory } = prepared;
    await deleteStacks({ ...options, stacks: state.going, order: state.order, directory }, journal, parts);
    if (prepared.selected === undefined) leaveRemoved(state, journal);
    journal.noticeLeftovers();
    if (prepared.selected === undefined && journal.isGoodSoFar) await base.forget();
  });
}

/** What is deployed, and what of it is to be deleted. */
interface Survey {
  /** Stacks of the app that are deployed. */
  readonly present: readonly DeployedNode[];
  /** Stacks that are no longer part of it. */
  readonly removed: readonly DeployedNode[];
  /** Those of them that are to be deleted, in the order in which they go one by one. */
  readonly going: readonly DeployedNode[];
  /** By stack id: the ids of the stacks that have to be gone before. */
  readonly order: ReadonlyMap<string, ReadonlySet<string>>;
}

/** @throws Refusal with everything that is in the way. */
async function survey(
  { app, environment, options }: RunRequest<DestroyOptions>,
  { graph, selected }: Prepared,
  liveState: LiveState,
): Promise<Survey> {
  const [stacks, removed] = await Promise.all([
    Promise.all(graph.nodes.map(({ stack }, index) => liveState.stack(stack.stackName, placeOf(graph.nodes[index]!)))),
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
    ...dependentProblems(going, all, order),
    ...(await deletionBlockers(going, new Set(names), liveState)),
  ]);
  return { present, removed, going, order };
}

/** Why the environment must not be destroyed, from the command line alone. */
function confirmationProblems({ environment, app, options }: RunRequest<DestroyOptions>): string[] {
  const isProtected = Object.values(app.config.environments).some(
    (entry) => entry.environment === environment && entry.protected,
  );
  const typed = options.confirm === undefined ? ' is missing' : `=${options.confirm} does not name the environment`;
  return [
    ...(options.confirm === environment
      ? []
      : [`Destroying deletes stacks and their data. --confirm${typed}: add --confirm=${environment}.`]),
    ...(!isProtected || options.allowDestructive.includes(environment)
      ? []
      : [`${environment} is protected: add ${allowing([environment])}, too.`]),
  ];
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

/** Records the stacks that nothing happens with. */
function recordOthers({ present, removed, going }: Survey, { graph }: Prepared, journal: Journal): void {
  journal.append(removed.map(({ node }) => node));
  const isGoing = (id: string) => going.some(({ node }) => node.stack.id === id);
  for (const node of graph.nodes.filter(({ stack }) => !isGoing(stack.id))) {
    const isPresent = present.some((one) => one.node === node);
    journal.record(
      node,
      isPresent ? { result: 'excluded', reason: 'not selected' } : { result: 'absent', reason: 'it is not deployed' },
    );
  }
  for (const { node } of removed.filter((one) => !going.includes(one))) recordRemoved(node, journal);
}

function announce({ going, order }: Survey, concurrency: number, { listener }: RunParts): void {
  listener({
    type: 'planned',
    concurrency,
    stacks: going.map(({ node: { name, phase, stack }, isRemoved }) => ({
      name,
      phase,
      action: 'delete',
      reason: isRemoved ? 'it is no longer part of the app' : 'it is deployed',
      needs: going.filter((other) => order.get(stack.id)?.has(other.node.stack.id)).map(({ node }) => node.name),
    })),
  });
}

/** After the destroy of a whole environment, stacks that are no longer part of its app are what is left of it. */
function leaveRemoved({ removed, going }: Survey, journal: Journal): void {
  for (const one of removed.filter((other) => !going.includes(other))) {
    const { stackName } = one.node.stack;
    journal.leave({
      stackName,
      logicalId: stackName,
      type: 'AWS::CloudFormation::Stack',
      physicalId: one.deployed.stackId,
      why: `no longer part of the app; delete it with ${allowing([stackName])}`,
    });
  }
}
