import type { Template } from '../assembly/template';
import { explainError } from '../live-state/explain-error';
import type { DeployedStack } from '../live-state/live-state';
import type { StackDrift } from '../live-state/drift';
import type { DeployOptions } from '../options/options';
import { destructiveChanges, hasStateful } from '../plan/destructive-changes';
import { evaluate, isShipment, type ShipVerdict, type Verdict } from '../plan/evaluate';
import { circumstancesOf, type PlannedStack } from '../plan/plan';
import { changesOf, type ResourceChange, resourceChanges } from '../plan/resource-changes';
import type { Ending } from '../schedule/schedule';
import { ShipError, type Shipper } from '../ship/shipper';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';
import { DestructiveChanges } from './destructive-changes-error';
import { follow } from './follow';
import type { Journal, Outcome } from './journal';
import { placeOf, readAppState } from './read-state';
import type { RunParts } from './request';
import { wayOutOfFailedRollback } from './way-out';

/** What all stacks of a deploy share. */
export interface DeployContext {
  readonly graph: StackGraph;
  readonly journal: Journal;
  /** Absolute path of the assembly. */
  readonly directory: string;
  readonly options: DeployOptions;
  /** New parameter values. */
  readonly given: Readonly<Record<string, string>>;
  /** What was changed behind CloudFormation's back and is to be brought back, by stack id. */
  readonly drift: ReadonlyMap<string, StackDrift>;
  /** Parameter values of stacks whose place others take. */
  readonly carried: Readonly<Record<string, string>>;
  /** The command that continues a rollback of a stack. */
  readonly rollbackCommand: (node: StackNode) => string;
}

/** A stack as it is now, and what is to happen with it. */
interface Assessment {
  readonly verdict: Verdict;
  readonly deployed?: DeployedStack;
}

/** Deploys single stacks when their turn comes. Never rejects for what happens in AWS. */
export class StackDeployer {
  private readonly shipped = new Set<string>();
  private shipper?: Promise<Shipper>;

  public constructor(
    private readonly context: DeployContext,
    private readonly parts: RunParts,
  ) {}

  /** Ships a stack if it differs now. Records its result, unless it has a second step. */
  public deploy(planned: PlannedStack): Promise<Ending> {
    const { node, release } = planned;
    this.context.journal.begin(node);
    return this.recording(node, async () => {
      const outcome = await this.act(node, await this.current(planned));
      const ended = outcome.result === 'failed' || outcome.result === 'skipped';
      if (!release || ended) this.context.journal.record(node, outcome);
      return ended ? 'failed' : 'done';
    });
  }

  /** The step before all others of a stack: ships it as it is deployed, but without imports from stacks that go. */
  public letGo({ node, lettingGo }: PlannedStack): Promise<Ending> {
    this.context.journal.begin(node);
    return this.recording(node, async () => {
      const outcome = await this.act(lettingGo!, await this.settled(lettingGo!, await this.assess(lettingGo!)));
      const ended = outcome.result === 'failed' || outcome.result === 'skipped';
      if (ended) this.context.journal.record(node, outcome);
      return ended ? 'failed' : 'done';
    });
  }

  /** The second step of a stack: ships it without exports that nobody imports any more. */
  public release({ node, release }: PlannedStack): Promise<Ending> {
    return this.recording(node, async () => {
      const last = release!.node;
      const outcome = await this.act(last, await this.settled(last, await this.assess(last)));
      this.context.journal.record(node, outcome);
      return outcome.result === 'failed' || outcome.result === 'skipped' ? 'failed' : 'done';
    });
  }

  /** Those of the stacks that differ now from what is deployed, and why, because something they read has been shipped. */
  public async outdated(nodes: readonly StackNode[]): Promise<{ node: StackNode; reason: string }[]> {
    const concerned = nodes.filter((node) => this.dependsOnShipped(node));
    const assessed = await Promise.all(concerned.map(async (node) => ({ node, ...(await this.assess(node)) })));
    return assessed
      .filter(({ verdict }) => verdict.action !== 'unchanged')
      .map(({ node, verdict }) => ({ node, reason: verdict.reason }));
  }

  private async recording(node: StackNode, work: () => Promise<Ending>): Promise<Ending> {
    try {
      return await work();
    } catch (error) {
      this.context.journal.record(node, failureOf(error));
      return 'failed';
    }
  }

  private dependsOnShipped({ stack }: StackNode): boolean {
    const upstream = this.context.graph.upstream.get(stack.id);
    return [...this.shipped].some((id) => upstream?.has(id));
  }

  /** As planned, unless time has passed since in which it or what it depends on may have changed. */
  private async current({ node, verdict, deployed }: PlannedStack): Promise<Assessment> {
    const again = isShipment(verdict) ? this.shipped.size > 0 : this.dependsOnShipped(node);
    return this.settled(node, again ? await this.assess(node) : { verdict, deployed });
  }

  /** Waits for the end of an operation that somebody else began. */
  private async settled(node: StackNode, assessment: Assessment): Promise<Assessment> {
    let current = assessment;
    while (current.verdict.action === 'wait') {
      const { reason } = current.verdict;
      this.parts.listener({ type: 'stack-started', name: node.name, verb: 'following', reason });
      await follow(node, this.parts);
      if (this.parts.interrupts.stopping) break;
      current = await this.assess(node);
    }
    return current;
  }

  private async assess(node: StackNode): Promise<Assessment> {
    const state = await readAppState(this.parts.liveState, [node]);
    const deployed = state.deployed.get(node.stack.id);
    const { given, carried, options, drift } = this.context;
    const circumstances = circumstancesOf(node, { ...state, given, carried, drift, force: options.force });
    return { deployed, verdict: evaluate(node.stack, deployed, circumstances) };
  }

  private async act(node: StackNode, { verdict, deployed }: Assessment): Promise<Outcome> {
    switch (verdict.action) {
      case 'unchanged':
        return { result: 'unchanged', reason: verdict.reason };
      case 'wait':
        return { result: 'skipped', reason: 'the run was stopped while it waited for another operation' };
      case 'stop':
        return { result: 'failed', reason: verdict.reason, error: await this.wayOut(node, deployed) };
      case 'recreate':
        this.parts.listener({ type: 'stack-started', name: node.name, verb: 'deleting', reason: verdict.reason });
        await (await this.getShipper()).remove(node);
        return this.ship(node, 'created', verdict, undefined);
      default:
        return this.ship(node, verdict.action === 'create' ? 'created' : 'updated', verdict, deployed);
    }
  }

  private async ship(
    node: StackNode,
    result: 'created' | 'updated',
    { reason, parameters, protectionDiffers, revertsDrift }: ShipVerdict,
    deployed: DeployedStack | undefined,
  ): Promise<Outcome> {
    const verb = result === 'created' ? 'creating' : 'updating';
    this.parts.listener({ type: 'stack-started', name: node.name, verb, reason });
    const before = deployed?.template;
    let changes = resourceChanges(before, node.stack.template);
    const review = async (changeSetName: string) => {
      const changeSet = await this.parts.liveState.changeSet(node.stack.stackName, changeSetName, placeOf(node));
      changes = changesOf(changeSet, before, node.stack.template);
      this.refuseDestructive(node, before, changes);
    };
    try {
      const shipper = await this.getShipper();
      const { noOp, resources } = await shipper.ship(node, {
        // Only a change set tells beforehand what is replaced, and brings back what was changed behind CloudFormation's back.
        method: revertsDrift || hasStateful(before) ? 'change-set' : (node.phase?.method ?? 'change-set'),
        revertDrift: revertsDrift,
        parameters,
        review: deployed ? review : undefined,
      });
      this.shipped.add(node.stack.id);
      if (noOp && !protectionDiffers) {
        return { result: 'unchanged', reason: `CloudFormation found nothing to change, although ${reason}` };
      }
      return { result, reason, resources, changes };
    } catch (error) {
      return { ...failureOf(error), changes };
    }
  }

  /** @throws DestructiveChanges when a change set would do what nobody has allowed. */
  private refuseDestructive(node: StackNode, before: Template | undefined, changes: readonly ResourceChange[]): void {
    const refused = destructiveChanges(changes, before, node.stack.template).filter(
      ({ logicalId }) => !this.context.options.allowDestructive.includes(logicalId),
    );
    if (refused.length > 0) throw new DestructiveChanges(refused);
  }

  private getShipper(): Promise<Shipper> {
    const { pace, listener, createShipper } = this.parts;
    this.shipper ??= createShipper({ directory: this.context.directory, pace, listener });
    return this.shipper;
  }

  private async wayOut(node: StackNode, deployed: DeployedStack | undefined): Promise<string | undefined> {
    if (!deployed?.status.endsWith('ROLLBACK_FAILED')) return undefined;
    const failed = await this.parts.liveState.failedResources(node.stack.stackName, placeOf(node));
    return wayOutOfFailedRollback(failed, this.context.rollbackCommand(node));
  }
}

function failureOf(error: unknown): Outcome {
  if (error instanceof DestructiveChanges) {
    return { result: 'failed', reason: 'it would lose data or what others rely on', error: error.message };
  }
  const resources = error instanceof ShipError ? error.resources : undefined;
  return { result: 'failed', reason: 'it could not be deployed', error: explainError(error), resources };
}
