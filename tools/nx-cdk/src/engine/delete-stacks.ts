import { explainError } from '../live-state/explain-error';
import type { DeployedStack } from '../live-state/live-state';
import { keptResources } from '../plan/remains';
import type { Leftover } from '../report/report';
import { type Ending, runSchedule } from '../schedule/schedule';
import { ShipError, type Shipped, type Shipper } from '../ship/shipper';
import type { StackNode } from '../stack-graph/stack-graph';
import type { DeployedNode } from './deployed-node';
import { follow } from './follow';
import type { Journal } from './journal';
import { placeOf } from './read-state';
import type { RunParts } from './request';

/** How stacks are to be deleted. */
export interface Deletion {
  /** In the order in which to begin what could begin at the same time. */
  readonly stacks: readonly DeployedNode[];
  /** By stack id: the ids of the stacks that have to be gone before. */
  readonly order: ReadonlyMap<string, ReadonlySet<string>>;
  /** Absolute path of the assembly. */
  readonly directory: string;
  readonly concurrency: number;
  readonly continueOnError: boolean;
}

/** Deletes stacks, several at once, and records their results and what they leave behind. */
export async function deleteStacks(deletion: Deletion, journal: Journal, parts: RunParts): Promise<void> {
  const stacks = new Map(deletion.stacks.map((one) => [one.node.stack.id, one]));
  const nodeOf = (id: string) => stacks.get(id)!.node;
  const remover = new StackRemover(deletion.directory, journal, parts);
  await runSchedule({
    items: [...stacks.keys()],
    needs: (id) => deletion.order.get(id) ?? new Set(),
    concurrency: deletion.concurrency,
    continueOnError: deletion.continueOnError,
    stopped: () => parts.interrupts.stopping,
    work: (id) => remover.remove(stacks.get(id)!),
    blocked: (id, by) => {
      const names = by.map((other) => nodeOf(other).name).join(', ');
      journal.record(nodeOf(id), { result: 'blocked', reason: `${names} still needs it` });
    },
    skipped: (id) => journal.record(nodeOf(id), { result: 'skipped', reason: 'the run was stopped before its turn' }),
  });
}

/** Deletes single stacks when their turn comes. */
export class StackRemover {
  private shipper?: Promise<Shipper>;

  public constructor(
    private readonly directory: string,
    private readonly journal: Journal,
    private readonly parts: RunParts,
  ) {}

  public async remove(one: DeployedNode): Promise<Ending> {
    const { node } = one;
    this.journal.begin(node);
    try {
      return await this.act(one);
    } catch (error) {
      const resources = error instanceof ShipError ? error.resources : undefined;
      this.journal.record(node, {
        result: 'failed',
        reason: 'it could not be deleted',
        error: explainError(error),
        resources,
      });
      return 'failed';
    }
  }

  private async act(one: DeployedNode): Promise<Ending> {
    const { node, deployed, isRemoved } = one;
    const { liveState, listener, interrupts } = this.parts;
    // What the resources are called must be asked for while they are there.
    let leftovers: readonly Leftover[] = [];
    if (deployed.status.endsWith('_IN_PROGRESS') && deployed.status !== 'REVIEW_IN_PROGRESS') {
      leftovers = await this.remainsOf(node, deployed);
      const reason = `another operation is running (${deployed.status})`;
      listener({ type: 'stack-started', name: node.name, verb: 'following', reason });
      await follow(node, this.parts);
      if (interrupts.stopping) {
        const waited = 'the run was stopped while it waited for another operation';
        this.journal.record(node, { result: 'skipped', reason: waited });
        return 'failed';
      }
    }
    const now = await liveState.stack(node.stack.stackName, placeOf(node));
    if (now) {
      leftovers = await this.remainsOf(node, now);
      const reason = one.reason ?? (isRemoved ? 'it is no longer part of the app' : 'it was deployed');
      listener({ type: 'stack-started', name: node.name, verb: 'deleting', reason });
      const { resources } = await this.delete({ ...one, deployed: now });
      this.journal.record(node, { result: 'destroyed', reason, resources });
    } else {
      this.journal.record(node, { result: 'destroyed', reason: 'its deletion was already running' });
    }
    for (const leftover of leftovers) this.journal.leave(leftover);
    return 'done';
  }

  private async delete({ node, deployed, isRemoved }: DeployedNode): Promise<Shipped> {
    const { createShipper, deleter, pace, listener } = this.parts;
    if (isRemoved) return deleter.delete(node, deployed.stackId);
    this.shipper ??= createShipper({ directory: this.directory, pace, listener });
    return (await this.shipper).remove(node);
  }

  /** What the deletion of a stack will leave behind. */
  private async remainsOf(node: StackNode, deployed: DeployedStack): Promise<Leftover[]> {
    const kept = keptResources(deployed);
    if (kept.size === 0) return [];
    const { stackName } = node.stack;
    const resources = await this.parts.liveState.resources(stackName, placeOf(node));
    return resources.flatMap(({ logicalId, type, physicalId }) => {
      const common = { stackName, logicalId, type };
      switch (kept.get(logicalId)) {
        case 'resource':
          return [{ ...common, physicalId, why: 'kept, as its deletion policy says' }];
        case 'snapshot':
          return [{ ...common, why: `a snapshot of ${physicalId ?? logicalId}, made as its deletion policy says` }];
        default:
          return [];
      }
    });
  }
}
