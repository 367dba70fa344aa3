import type { DeployedStack } from '../live-state/live-state';
import { explainError } from '../live-state/explain-error';
import type { DestroyOptions } from '../options/options';
import type { RunReport } from '../report/report';
import { type Ending, runSchedule } from '../schedule/schedule';
import { ShipError, type Shipper } from '../ship/shipper';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';
import { follow } from './follow';
import type { Journal } from './journal';
import { prepare } from './prepare';
import { readAppState } from './read-state';
import { refuseOn } from './refusal';
import type { RunParts, RunRequest } from './request';
import { runAndReport } from './run';

/** Deletes the stacks asked for, dependents first, and reports all stacks of the app. */
export function destroy(request: RunRequest<DestroyOptions>, parts: RunParts): Promise<RunReport> {
  return runAndReport(request, parts, async (journal) => {
    const problems = confirmationProblems(request);
    const { directory, graph, selected } = await prepare(request, parts, journal, problems);
    const { options, environment } = request;
    const { listener, liveState, interrupts, pace } = parts;
    listener({
      type: 'run-started',
      action: 'destroy',
      environment,
      account: journal.account ?? '',
      region: journal.region ?? '',
      dryRun: false,
    });
    const { deployed } = await readAppState(liveState, graph.nodes);
    const nodes = graph.nodes.filter(({ stack }) => selected?.has(stack.id) ?? true).reverse();
    refuseOn(dependentProblems(nodes, graph, deployed));
    recordOthers(nodes, graph, deployed, journal);

    const present = new Map(nodes.filter(({ stack }) => deployed.get(stack.id)).map((node) => [node.stack.id, node]));
    listener({
      type: 'planned',
      concurrency: options.concurrency,
      stacks: [...present.values()].map(({ name, phase, stack }) => ({
        name,
        phase,
        action: 'delete',
        reason: 'it is deployed',
        needs: [...present.values()]
          .filter((other) => graph.downstream.get(stack.id)?.has(other.stack.id))
          .map((other) => other.name),
      })),
    });
    if (present.size === 0) return;
    const shipper = await parts.createShipper({ directory, pace, listener });
    await runSchedule({
      items: [...present.keys()],
      needs: (id) => graph.downstream.get(id) ?? new Set(),
      concurrency: options.concurrency,
      continueOnError: options.continueOnError,
      stopped: () => interrupts.stopping,
      work: (id) => remove(present.get(id)!, shipper, journal, parts),
      blocked: (id, by) => {
        const names = by.map((other) => present.get(other)?.name ?? other).join(', ');
        journal.record(present.get(id)!, { result: 'blocked', reason: `${names} still needs it` });
      },
      skipped: (id) =>
        journal.record(present.get(id)!, { result: 'skipped', reason: 'the run was stopped before its turn' }),
    });
  });
}

async function remove(node: StackNode, shipper: Shipper, journal: Journal, parts: RunParts): Promise<Ending> {
  journal.begin(node);
  try {
    await follow(node, parts);
    parts.listener({ type: 'stack-started', name: node.name, verb: 'deleting', reason: 'destroy' });
    const { resources, retained } = await shipper.remove(node);
    const left = retained.length === 0 ? '' : `; kept, as its template says: ${retained.join(', ')}`;
    journal.record(node, { result: 'destroyed', reason: `it was deployed${left}`, resources });
    return 'done';
  } catch (error) {
    const resources = error instanceof ShipError ? error.resources : undefined;
    journal.record(node, {
      result: 'failed',
      reason: 'it could not be deleted',
      error: explainError(error),
      resources,
    });
    return 'failed';
  }
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
      : [`${environment} is protected: add --allowDestructive=${environment}, too.`]),
  ];
}

function dependentProblems(
  nodes: readonly StackNode[],
  graph: StackGraph,
  deployed: ReadonlyMap<string, DeployedStack | undefined>,
): string[] {
  const going = new Set(nodes.map(({ stack }) => stack.id));
  return nodes
    .filter(({ stack }) => deployed.get(stack.id))
    .map(({ name, stack }) => {
      const dependents = graph.nodes.filter(
        (other) =>
          graph.downstream.get(stack.id)?.has(other.stack.id) &&
          !going.has(other.stack.id) &&
          deployed.get(other.stack.id),
      );
      return { name, dependents: dependents.map((other) => other.name).join(', ') };
    })
    .filter(({ dependents }) => dependents !== '')
    .map(
      ({ name, dependents }) => `${name} is still needed by ${dependents}. Destroy these first, or together with it.`,
    );
}

function recordOthers(
  nodes: readonly StackNode[],
  graph: StackGraph,
  deployed: ReadonlyMap<string, DeployedStack | undefined>,
  journal: Journal,
): void {
  for (const node of graph.nodes) {
    if (!nodes.includes(node)) journal.record(node, { result: 'excluded', reason: 'not selected' });
    else if (!deployed.get(node.stack.id)) journal.record(node, { result: 'absent', reason: 'it is not deployed' });
  }
}
