import type { Ending } from '../schedule/schedule';
import { explainError } from '../live-state/explain-error';
import { evaluate, type ShipVerdict, type Verdict } from '../plan/evaluate';
import type { PlannedStack } from '../plan/plan';
import { ShipError, type Shipper } from '../ship/shipper';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';
import { follow } from './follow';
import type { Journal } from './journal';
import { placeOf, readAppState } from './read-state';
import type { RunParts } from './request';

/** What all stacks of a deploy share. */
export interface DeployContext {
  readonly graph: StackGraph;
  readonly journal: Journal;
  /** Absolute path of the assembly. */
  readonly directory: string;
  /** New parameter values. */
  readonly given: Readonly<Record<string, string>>;
  readonly force: boolean;
}

/** Deploys single stacks when their turn comes. */
export class StackDeployer {
  private readonly shipped = new Set<string>();
  private shipper?: Promise<Shipper>;

  public constructor(
    private readonly context: DeployContext,
    private readonly parts: RunParts,
  ) {}

  /** Ships a stack if it differs now, and records its result. Never rejects for what happens in AWS. */
  public async deploy({ node, verdict }: PlannedStack): Promise<Ending> {
    const { journal } = this.context;
    journal.begin(node);
    try {
      return await this.act(node, await this.current(node, verdict));
    } catch (error) {
      const resources = error instanceof ShipError ? error.resources : undefined;
      journal.record(node, {
        result: 'failed',
        reason: 'it could not be deployed',
        error: explainError(error),
        resources,
      });
      return 'failed';
    }
  }

  /** The plan's verdict, unless something has happened since that may have changed what the stack depends on. */
  private async current(node: StackNode, planned: Verdict): Promise<Verdict> {
    const upstream = this.context.graph.upstream.get(node.stack.id);
    let verdict = planned;
    if ([...this.shipped].some((id) => upstream?.has(id))) verdict = await this.evaluateAgain(node);
    while (verdict.action === 'wait') {
      this.parts.listener({ type: 'stack-started', name: node.name, verb: 'following', reason: verdict.reason });
      await follow(node, this.parts);
      if (this.parts.interrupts.stopping) break;
      verdict = await this.evaluateAgain(node);
    }
    return verdict;
  }

  private async evaluateAgain(node: StackNode): Promise<Verdict> {
    const { deployed, ssm } = await readAppState(this.parts.liveState, [node]);
    const { given, force } = this.context;
    return evaluate(node.stack, deployed.get(node.stack.id), {
      given,
      force,
      ssm: ssm.get(node.stack.region) ?? new Map(),
    });
  }

  private async act(node: StackNode, verdict: Verdict): Promise<Ending> {
    const { journal } = this.context;
    switch (verdict.action) {
      case 'unchanged':
        journal.record(node, { result: 'unchanged', reason: verdict.reason });
        return 'done';
      case 'wait':
        journal.record(node, {
          result: 'skipped',
          reason: 'the run was stopped while it waited for another operation',
        });
        return 'failed';
      case 'stop':
        journal.record(node, { result: 'failed', reason: verdict.reason, error: await this.wayOut(node) });
        return 'failed';
      case 'recreate':
        this.parts.listener({ type: 'stack-started', name: node.name, verb: 'deleting', reason: verdict.reason });
        await (await this.getShipper()).remove(node);
        return this.ship(node, 'created', verdict);
      default:
        return this.ship(node, verdict.action === 'create' ? 'created' : 'updated', verdict);
    }
  }

  private async ship(
    node: StackNode,
    result: 'created' | 'updated',
    { reason, parameters, protectionDiffers }: ShipVerdict,
  ): Promise<Ending> {
    const verb = result === 'created' ? 'creating' : 'updating';
    this.parts.listener({ type: 'stack-started', name: node.name, verb, reason });
    const shipper = await this.getShipper();
    const { noOp, resources } = await shipper.ship(node, { method: node.phase?.method ?? 'change-set', parameters });
    this.shipped.add(node.stack.id);
    if (noOp && !protectionDiffers) {
      const text = `CloudFormation found nothing to change, although ${reason}`;
      this.context.journal.record(node, { result: 'unchanged', reason: text });
    } else {
      this.context.journal.record(node, { result, reason, resources });
    }
    return 'done';
  }

  private getShipper(): Promise<Shipper> {
    const { pollMs, listener, createShipper } = this.parts;
    this.shipper ??= createShipper({ directory: this.context.directory, pollMs, listener });
    return this.shipper;
  }

  /** For a stack CloudFormation could not roll back: what failed, and how a person gets it out of there. */
  private async wayOut(node: StackNode): Promise<string | undefined> {
    const failed = await this.parts.liveState.failedResources(node.stack.stackName, placeOf(node));
    if (failed.length === 0) return undefined;
    const { stackName, region } = node.stack;
    const skip = failed.map(({ logicalId }) => logicalId).join(' ');
    return [
      ...failed.map(({ logicalId, type, reason }) => `${logicalId} (${type}): ${reason}`),
      'Mend the cause, then run: ' +
        `aws cloudformation continue-update-rollback --stack-name ${stackName} --region ${region}`,
      `If the resources cannot be mended, add: --resources-to-skip ${skip}`,
    ].join('\n');
  }
}
