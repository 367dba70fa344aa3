import type { AnnouncedStack, Planned } from '../events/event';
import { isShipment } from '../plan/evaluate';
import { exportNames } from '../plan/exports-in-use';
import type { Plan, PlanInput, PlannedStack } from '../plan/plan';
import { actionOf, predictChanges } from '../plan/predicted-changes';
import { interruptions } from '../plan/interruptions';
import { reasonToGo, successorsOf } from '../plan/takeover-problems';
import { comesBeforeTakeovers, type Takeover } from '../plan/takeovers';
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
  if (plan.takeovers.length > 0) journal.notice(takeoverNotice(plan.takeovers));
  const names = new Map(plan.stacks.map(({ node }) => [node.stack.id, node.name]));
  const planned: Planned = {
    type: 'planned',
    concurrency,
    stacks: [
      ...announcedTakeovers(plan, graph),
      ...plan.stacks.map((stack) => ({
        name: stack.node.name,
        phase: stack.node.phase,
        action: actionOf(stack),
        reason: reasonOf(stack, plan, graph),
        needs: [
          ...[...names].filter(([id]) => graph.upstream.get(stack.node.stack.id)?.has(id)).map(([, name]) => name),
          ...plan.takeovers.filter(({ successors }) => successors.includes(stack.node)).map(({ node }) => node.name),
        ],
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
  for (const takeover of plan.takeovers) {
    const reason = `dry run, would delete before: ${reasonToGo(takeover)}`;
    journal.record(takeover.node, { result: 'skipped', reason });
  }
  plan.removal.recordDryRun(journal);
  return shipping;
}

/** The stacks that go before others can be created. */
function announcedTakeovers({ takeovers, stacks, removal }: DeployPlan, graph: StackGraph): AnnouncedStack[] {
  const before = comesBeforeTakeovers(takeovers, graph);
  const planned = stacks.filter(({ node }) => before.has(node.stack.id)).map(({ node }) => node.name);
  return takeovers.map((takeover) => {
    const { name, stack } = takeover.node;
    const first = takeovers.filter(({ node }) => removal.order.get(stack.id)?.has(node.stack.id));
    return {
      name,
      action: 'delete',
      reason: `it is no longer part of the app, and ${reasonToGo(takeover)}`,
      needs: [...planned, ...first.map(({ node }) => node.name)],
    };
  });
}

/** What is interrupted, to be said before it is. */
function takeoverNotice(going: readonly Takeover[]): string {
  const names = going.map(({ node }) => node.name).join(', ');
  const first = `${names} ${going.length === 1 ? 'is' : 'are'} deleted before ${successorsOf(going)} can be created.`;
  return [first, ...interruptions(going)].join('\n');
}

/** Why that is to happen with a planned stack. */
export function reasonOf(planned: PlannedStack, plan: Plan, graph: StackGraph): string {
  const { verdict, widened, release, lettingGo, node } = planned;
  const changing = plan.stacks.filter(
    (other) => isShipment(other.verdict) && graph.upstream.get(node.stack.id)?.has(other.node.stack.id),
  );
  const own = verdict.action === 'unchanged' && release ? [] : [verdict.reason];
  const reasons = [
    ...own,
    ...(release ? [`it gives up ${exportNames(release.exports)} once nobody imports them any more`] : []),
    ...(lettingGo ? ['before that, it lets go of what it imports from stacks that go'] : []),
    ...(widened === undefined ? [] : [`included because ${widened}`]),
    ...(verdict.action === 'unchanged' && changing.length > 0
      ? [`compared again after ${changing.map((other) => other.node.name).join(', ')}`]
      : []),
  ];
  return reasons.join('; ');
}

/** What is left of the stacks that went, and what is missing when not everything came. */
export function tellOfTakeovers(journal: Journal): void {
  journal.noticeLeftovers();
  if (journal.isGoodSoFar) return;
  journal.notice(
    'Not everything is there that takes the place of what was deleted, or is to be. Run the same command again: it goes ' +
      'on from here.',
  );
}
