import type { Template } from '../assembly/template';
import type { AnnouncedStack } from '../events/event';
import type { LiveState } from '../live-state/live-state';
import type { DeployOptions } from '../options/options';
import { deletionOrder } from '../plan/deletion-order';
import type { Takeover } from '../plan/takeovers';
import type { StackNode } from '../stack-graph/stack-graph';
import { deleteStacks } from './delete-stacks';
import { deletionBlockers } from './deletion-blockers';
import { allowing, type DeployedNode, recordRemoved } from './deployed-node';
import { findRemovedStacks } from './find-removed-stacks';
import type { Journal } from './journal';
import type { Prepared } from './prepare';
import { placeOf } from './read-state';
import type { RunParts, RunRequest } from './request';

type Options = Pick<DeployOptions, 'allowDestructive' | 'concurrency' | 'continueOnError'>;

/**
 * What a deploy does with stacks that are deployed, but no longer part of the app: it tells of them, and deletes those that
 * it is allowed to, after everything else has shipped. Those that others wait for go earlier: see `Takeover`.
 */
export class StackRemoval {
  /** Stacks that may be deleted. */
  private readonly allowed: readonly DeployedNode[];
  /** Those of them that are deleted at the end. */
  private readonly going: readonly DeployedNode[];

  /** Reads which stacks there are. */
  public static async find(
    { app, environment, options }: RunRequest<Options>,
    prepared: Prepared,
    liveState: LiveState,
  ): Promise<StackRemoval> {
    const removed = await findRemovedStacks(app, environment, prepared.graph, liveState);
    return new StackRemoval(removed, options, prepared);
  }

  private constructor(
    /** All that are deployed and no longer part of the app. */
    public readonly removed: readonly DeployedNode[],
    private readonly options: Options,
    private readonly prepared: Prepared,
    private readonly takeovers: readonly Takeover[] = [],
  ) {
    this.allowed = removed.filter(({ node }) => options.allowDestructive.includes(node.stack.stackName));
    this.going = this.allowed.filter((one) => !this.isTakenOver(one));
  }

  /** The same where stacks of the app take the place of some: those do not wait until everything else has shipped. */
  public besides(takeovers: readonly Takeover[]): StackRemoval {
    return new StackRemoval(this.removed, this.options, this.prepared, takeovers);
  }

  /** By stack id: the ids of the stacks that have to be gone before, among those that are no longer part of the app. */
  public get order(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.orderAmong([]);
  }

  /** Names that may be allowed. */
  public get names(): readonly string[] {
    return this.removed.map(({ node }) => node.stack.stackName);
  }

  /** Whether the run is to delete something. */
  public get isPlanned(): boolean {
    return this.going.length > 0;
  }

  /** Why what is allowed must not be deleted, as far as it is known before anything ships. */
  public async problems(liveState: LiveState): Promise<string[]> {
    const { nodes } = this.prepared.graph;
    const order = this.orderAmong(nodes.map((node) => ({ node, template: node.stack.template })));
    // A stack that has to go with one that is taken over is told of with it.
    const staying = this.removed.filter((one) => !this.allowed.includes(one) && !this.isTakenOver(one));
    const dependents = this.allowed.flatMap(({ node: { name, stack } }) => {
      const others = [...nodes, ...staying.map(({ node }) => node)]
        .filter((other) => order.get(stack.id)?.has(other.stack.id))
        .map((other) => other.name);
      return others.length === 0 ? [] : [`${name} must not be deleted: ${others.join(', ')} still needs it.`];
    });
    const known = new Set([...nodes.map(({ stack }) => stack.stackName), ...this.names]);
    return [...dependents, ...(await deletionBlockers(this.allowed, known, liveState))];
  }

  /** What the run is to delete after the stacks with these names. */
  public announced(after: readonly string[]): AnnouncedStack[] {
    const { order } = this;
    return this.going.map(({ node: { name, stack } }) => {
      const before = this.going.filter((other) => order.get(stack.id)?.has(other.node.stack.id));
      const needs = [...after, ...before.map(({ node }) => node.name)];
      return { name, action: 'delete', reason: 'it is no longer part of the app', needs };
    });
  }

  /** Takes the stacks into the report, and tells of those that stay. */
  public reportStaying(journal: Journal): void {
    journal.append(this.removed.map(({ node }) => node));
    const staying = this.removed.filter((one) => !this.going.includes(one) && !this.isTakenOver(one));
    for (const { node } of staying) recordRemoved(node, journal);
    if (staying.length === 0) return;
    const names = staying.map(({ node }) => node.stack.stackName);
    const [subject, them] = names.length === 1 ? ['A stack is', 'it'] : ['Stacks are', 'them'];
    journal.notice(
      `${subject} deployed, but no longer part of the app: ${names.join(', ')}. To delete ${them}: ${allowing(names)}`,
    );
  }

  /** Records what would be deleted. */
  public recordDryRun(journal: Journal): void {
    for (const { node } of this.going) {
      journal.record(node, { result: 'skipped', reason: 'dry run, would delete: it is no longer part of the app' });
    }
  }

  /** Deletes what is allowed, if everything else has shipped and nothing needs it any more. */
  public async run(journal: Journal, parts: RunParts): Promise<void> {
    if (!this.isPlanned) return;
    if (!journal.isGoodSoFar) {
      for (const { node } of this.going) {
        journal.record(node, { result: 'blocked', reason: 'not everything else has shipped' });
      }
      return;
    }
    const order = this.orderAmong(await this.deployedNow(parts.liveState));
    const stacks = this.going.filter(({ node }) => {
      const needing = this.neededBy(node.stack.id, order);
      if (needing.length > 0)
        journal.record(node, { result: 'blocked', reason: `${needing.join(', ')} still needs it` });
      return needing.length === 0;
    });
    await deleteStacks({ ...this.options, stacks, order, directory: this.prepared.directory }, journal, parts);
    journal.noticeLeftovers();
  }

  private isTakenOver({ node }: DeployedNode): boolean {
    return this.takeovers.some((takeover) => takeover.node === node);
  }

  private orderAmong(app: readonly { node: StackNode; template?: Template }[]) {
    const removed = this.removed.map(({ node }) => ({ node, template: node.stack.template }));
    return deletionOrder(
      [...removed, ...app].map(({ node: { stack }, template }) => ({ ...stack, template })),
      new Map(),
    );
  }

  private async deployedNow(liveState: LiveState) {
    return Promise.all(
      this.prepared.graph.nodes.map(async (node) => {
        const deployed = await liveState.stack(node.stack.stackName, placeOf(node));
        return { node, template: deployed?.template };
      }),
    );
  }

  /** Names of the stacks of the app that need a stack, directly or through others that are to be deleted. */
  private neededBy(id: string, order: ReadonlyMap<string, ReadonlySet<string>>): string[] {
    return [...(order.get(id) ?? [])].flatMap((other) => {
      const node = this.prepared.graph.nodes.find(({ stack }) => stack.id === other);
      return node ? [node.name] : this.neededBy(other, order);
    });
  }
}
