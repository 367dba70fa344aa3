import type { StackGraph, StackNode } from '../stack-graph/stack-graph';
import type { Plan, PlannedStack } from './plan';
import { comesBeforeTakeovers, type Takeover } from './takeovers';

/** Something to do with a stack; with some there is more than one thing. */
export type Step = ShippingStep | DeletionStep;

/** A stack that ships: imports are let go of before others can be deleted, and exports are given up in the end. */
export interface ShippingStep {
  readonly kind: 'let go' | 'ship' | 'release';
  readonly node: StackNode;
  readonly planned: PlannedStack;
  /** Ids of the steps that come before it. */
  readonly needs: ReadonlySet<string>;
}

/** A stack that goes before others can be created. */
export interface DeletionStep {
  readonly kind: 'delete';
  readonly node: StackNode;
  readonly takeover: Takeover;
  readonly needs: ReadonlySet<string>;
}

/** What the order of steps follows from, beside the plan. */
export interface StepOrder {
  readonly graph: Pick<StackGraph, 'upstream' | 'downstream'>;
  /** By stack id: the ids of the stacks that have to be gone before, among those that go. */
  readonly deletionOrder: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Every step of a plan by its id: that of the stack for what is done with it in the first place. */
export function stepsOf(plan: Pick<Plan, 'stacks' | 'takeovers'>, order: StepOrder): Map<string, Step> {
  const steps = new Map<string, Step>(takeoverSteps(plan, order));
  for (const planned of plan.stacks) {
    const { node, release } = planned;
    const { id } = node.stack;
    const gone = plan.takeovers.filter(({ successors }) => successors.some(({ stack }) => stack.id === id));
    const needs = new Set([
      ...(order.graph.upstream.get(id) ?? []),
      ...gone.map((takeover) => takeover.node.stack.id),
      ...(planned.lettingGo ? [lettingGoOf(planned)] : []),
    ]);
    steps.set(id, { kind: 'ship', node, planned, needs });
    if (!release) continue;
    steps.set(`${id} release`, { kind: 'release', node, planned, needs: new Set([id, ...release.importers]) });
  }
  return steps;
}

const lettingGoOf = ({ node }: PlannedStack): string => `${node.stack.id} letting go`;

/**
 * The steps before other stacks can be created where they take the place of some: imports are let go of, then the stacks
 * are deleted. Both as late as possible: whatever else comes before the new stacks has to have succeeded.
 */
function takeoverSteps(
  { stacks, takeovers }: Pick<Plan, 'stacks' | 'takeovers'>,
  { graph, deletionOrder }: StepOrder,
): [string, Step][] {
  const before = comesBeforeTakeovers(takeovers, graph);
  const letting = stacks.filter(({ lettingGo }) => lettingGo);
  return [
    ...letting.map((planned): [string, Step] => [
      lettingGoOf(planned),
      { kind: 'let go', node: planned.node, planned, needs: before },
    ]),
    ...takeovers.map((takeover): [string, Step] => {
      const { node } = takeover;
      const needs = new Set([...before, ...letting.map(lettingGoOf), ...(deletionOrder.get(node.stack.id) ?? [])]);
      return [node.stack.id, { kind: 'delete', node, takeover, needs }];
    }),
  ];
}
