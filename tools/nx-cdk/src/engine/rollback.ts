import { explainError } from '../live-state/explain-error';
import type { DeployedStack, FailedResource } from '../live-state/live-state';
import type { RollbackOptions } from '../options/options';
import type { RunReport } from '../report/report';
import { runSchedule } from '../schedule/schedule';
import { ShipError } from '../ship/shipper';
import type { StackNode } from '../stack-graph/stack-graph';
import type { Journal } from './journal';
import { prepare } from './prepare';
import { placeOf, readAppState } from './read-state';
import { refuseOn } from './refusal';
import type { RunParts, RunRequest } from './request';
import { runAndReport } from './run';
import { describeFailed } from './way-out';

/** States in which a stack waits for somebody to say how its failed update goes back. */
const PAUSED = ['UPDATE_ROLLBACK_FAILED', 'UPDATE_FAILED'];

/** The most stacks rolled back at once. */
const CONCURRENCY = 4;

/** A stack whose update failed half-way, and what of it failed. */
interface Paused {
  readonly node: StackNode;
  readonly status: string;
  readonly failed: readonly FailedResource[];
}

/** Takes the stacks asked for whose update failed half-way back to where they were. */
export function rollback(request: RunRequest<RollbackOptions>, parts: RunParts): Promise<RunReport> {
  return runAndReport(request, parts, async (journal, lock) => {
    const { directory, graph, selected } = await prepare(request, parts, journal, []);
    const { account, region } = journal;
    parts.listener({
      type: 'run-started',
      action: 'rollback',
      environment: request.environment,
      account: account ?? '',
      region: region ?? '',
      dryRun: false,
    });
    await lock.acquire();
    const { deployed } = await readAppState(parts.liveState, graph.nodes);
    const chosen = graph.nodes.filter(({ stack }) => selected?.has(stack.id) ?? true);
    const paused = await findPaused(chosen, deployed, parts);
    refuseOn(skipProblems(request.options, paused));
    recordOthers(graph.nodes, chosen, paused, deployed, journal);
    parts.listener({
      type: 'planned',
      concurrency: CONCURRENCY,
      stacks: paused.map(({ node, status }) => ({
        name: node.name,
        phase: node.phase,
        action: 'roll back',
        reason: `it is in ${status}`,
        needs: [],
      })),
    });
    await rollBackAll(paused, directory, request.options, journal, parts);
  });
}

async function findPaused(
  nodes: readonly StackNode[],
  deployed: ReadonlyMap<string, DeployedStack | undefined>,
  { liveState }: RunParts,
): Promise<Paused[]> {
  const found = nodes.map(async (node) => {
    const status = deployed.get(node.stack.id)?.status ?? '';
    if (!PAUSED.includes(status)) return [];
    return [{ node, status, failed: await liveState.failedResources(node.stack.stackName, placeOf(node)) }];
  });
  return (await Promise.all(found)).flat();
}

/** Skipping is for resources that stand in the way: another name is a mistake. */
function skipProblems({ skipResources }: RollbackOptions, paused: readonly Paused[]): string[] {
  const failed = paused.flatMap((stack) => stack.failed.map(({ logicalId }) => logicalId));
  const known = failed.length === 0 ? 'There are none.' : `There are: ${failed.join(', ')}.`;
  return skipResources
    .filter((id) => !failed.includes(id))
    .map((id) => `--skipResources=${id} names no failed resource of a stack that can be rolled back. ${known}`);
}

function recordOthers(
  nodes: readonly StackNode[],
  chosen: readonly StackNode[],
  paused: readonly Paused[],
  deployed: ReadonlyMap<string, DeployedStack | undefined>,
  journal: Journal,
): void {
  for (const node of nodes) {
    const status = deployed.get(node.stack.id)?.status;
    if (!chosen.includes(node)) journal.record(node, { result: 'excluded', reason: 'not selected' });
    else if (status === undefined) journal.record(node, { result: 'absent', reason: 'it is not deployed' });
    else if (!paused.some((stack) => stack.node === node)) {
      journal.record(node, { result: 'unchanged', reason: `it is in ${status}, which needs no rollback` });
    }
  }
}

async function rollBackAll(
  paused: readonly Paused[],
  directory: string,
  { skipResources }: RollbackOptions,
  journal: Journal,
  parts: RunParts,
): Promise<void> {
  if (paused.length === 0) return;
  const { pace, listener, createShipper, interrupts } = parts;
  const shipper = await createShipper({ directory, pace, listener });
  const byId = new Map(paused.map((stack) => [stack.node.stack.id, stack]));
  await runSchedule({
    items: [...byId.keys()],
    needs: () => new Set(),
    concurrency: CONCURRENCY,
    continueOnError: true,
    stopped: () => interrupts.stopping,
    work: async (id) => {
      const { node, status, failed } = byId.get(id)!;
      const skip = skipResources.filter((name) => failed.some(({ logicalId }) => logicalId === name));
      journal.begin(node);
      listener({ type: 'stack-started', name: node.name, verb: 'rolling back', reason: `it is in ${status}` });
      try {
        const { resources } = await shipper.rollBack(node, skip);
        // The toolkit calls a rollback successful when it saw no error; the stack's state is what counts.
        const after = await parts.liveState.stack(node.stack.stackName, placeOf(node));
        if (PAUSED.includes(after?.status ?? '')) {
          const still = await parts.liveState.failedResources(node.stack.stackName, placeOf(node));
          throw new ShipError(describeFailed(still).join('\n'), resources);
        }
        const left = skip.length === 0 ? '' : `; left as they are: ${skip.join(', ')}`;
        journal.record(node, { result: 'updated', reason: `rolled back, it was in ${status}${left}`, resources });
        return 'done';
      } catch (error) {
        const resources = error instanceof ShipError ? error.resources : undefined;
        const reason = 'it could not be rolled back';
        journal.record(node, { result: 'failed', reason, error: explainError(error), resources });
        return 'failed';
      }
    },
    blocked: () => undefined,
    skipped: (id) =>
      journal.record(byId.get(id)!.node, { result: 'skipped', reason: 'the run was stopped before its turn' }),
  });
}
