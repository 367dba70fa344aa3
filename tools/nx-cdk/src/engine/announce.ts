import type { Planned } from '../events/event';
import { isShipment } from '../plan/evaluate';
import { exportNames } from '../plan/exports-in-use';
import type { Plan, PlanInput, PlannedStack } from '../plan/plan';
import { actionOf, predictChanges } from '../plan/predicted-changes';
import type { StackGraph } from '../stack-graph/stack-graph';
import { changesByParameters, type ExpectedStack } from './expected-duration';
import type { Journal } from './journal';
import type { StackRemoval } from './remove-stacks';
import type { RunParts } from './request';

/** What a deploy is about to do. */
type DeployPlan = Plan & Pick<PlanInput, 'drift' | 'given'> & { readonly removal: StackRemoval };

/** Says what a run is about to do, and records the stacks that are no part of it. @returns what was said. */
export function announce(
  plan: DeployPlan,
  graph: StackGraph,
  concurrency: number,
  journal: Journal,
  { listener }: RunParts,
): Planned {
  for (const text of plan.notices) journal.notice(text);
  const names = new Map(plan.stacks.map(({ node }) => [node.stack.id, node.name]));
  const planned: Planned = {
    type: 'planned',
    concurrency,
    stacks: [
      ...plan.stacks.map((stack) => ({
        name: stack.node.name,
        phase: stack.node.phase,
        action: actionOf(stack),
        reason: reasonOf(stack, plan, graph),
        needs: [...names].filter(([id]) => graph.upstream.get(stack.node.stack.id)?.has(id)).map(([, name]) => name),
        expectedMs: journal.expectedMs(stack.node),
      })),
      ...plan.removal.announced([...names.values()]),
    ],
  };
  listener(planned);
  for (const { node, reason } of plan.excluded) journal.record(node, { result: 'excluded', reason });
  plan.removal.reportStaying(journal);
  return planned;
}

/** Records what each stack of a plan would be, with the resources that would change. @returns the stacks that would ship. */
export async function recordDryRun(plan: DeployPlan, graph: StackGraph, journal: Journal): Promise<ExpectedStack[]> {
  const shipping: ExpectedStack[] = [];
  for (const planned of plan.stacks) {
    const { node } = planned;
    const reason = reasonOf(planned, plan, graph);
    if (actionOf(planned) === 'unchanged') {
      journal.record(node, { result: 'unchanged', reason });
      continue;
    }
    const { changes } = await predictChanges(planned, plan.drift.get(node.stack.id));
    journal.record(node, { result: 'skipped', reason: `dry run, would ${actionOf(planned)}: ${reason}`, changes });
    shipping.push({ node, changes: [...changes, ...changesByParameters(planned, plan.given)] });
  }
  plan.removal.recordDryRun(journal);
  return shipping;
}

/** Why that is to happen with a planned stack. */
export function reasonOf(planned: PlannedStack, plan: Plan, graph: StackGraph): string {
  const { verdict, widened, release, node } = planned;
  const changing = plan.stacks.filter(
    (other) => isShipment(other.verdict) && graph.upstream.get(node.stack.id)?.has(other.node.stack.id),
  );
  const own = verdict.action === 'unchanged' && release ? [] : [verdict.reason];
  const reasons = [
    ...own,
    ...(release ? [`it gives up ${exportNames(release.exports)} once nobody imports them any more`] : []),
    ...(widened === undefined ? [] : [`included because ${widened}`]),
    ...(verdict.action === 'unchanged' && changing.length > 0
      ? [`compared again after ${changing.map((other) => other.node.name).join(', ')}`]
      : []),
  ];
  return reasons.join('; ');
}
