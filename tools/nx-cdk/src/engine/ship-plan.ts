import type { DeployOptions } from '../options/options';
import type { DnsGate, Held } from '../dns/dns-gate';
import type { Plan, PlannedStack } from '../plan/plan';
import { reasonToGo } from '../plan/takeover-problems';
import { comesBeforeTakeovers } from '../plan/takeovers';
import { type Ending, runSchedule, type Schedule } from '../schedule/schedule';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';
import type { StackRemover } from './delete-stacks';
import type { Journal, Outcome } from './journal';
import type { RunParts } from './request';
import type { StackDeployer } from './stack-deployer';

/** What shipping a plan needs beside it. */
export interface ShipContext {
  readonly graph: StackGraph;
  readonly options: DeployOptions;
  readonly deployer: StackDeployer;
  /** Deletes the stacks that go before others can be created. */
  readonly remover: StackRemover;
  /** By stack id: the ids of the stacks that have to be gone before, among those. */
  readonly deletionOrder: ReadonlyMap<string, ReadonlySet<string>>;
  readonly journal: Journal;
  /** Holds what must not start yet; undefined where nothing has to be held. */
  readonly gate?: DnsGate;
}

/** Something to do with a stack; with some there is more than one thing. */
interface Step {
  readonly node: StackNode;
  /** Ids of the steps that come before it. */
  readonly needs: ReadonlySet<string>;
  readonly work: () => Promise<Ending>;
  /** Why it cannot be done when some of what it needs was not; the names of that are given. */
  readonly blockedBy: (names: string) => string;
}

/** Ships the stacks of a plan in order, several at once. */
export async function shipPlan(plan: Plan, context: ShipContext, { interrupts }: RunParts): Promise<void> {
  const { options, journal, gate } = context;
  const steps = stepsOf(plan, context);
  const nodeOf = (id: string) => steps.get(id)!.node;
  const namesOf = (ids: readonly string[]) => [...new Set(ids.map((id) => nodeOf(id).name))].join(', ');
  const record = (id: string, result: Outcome['result'], reason: string) =>
    journal.record(nodeOf(id), { result, reason });
  const schedule: Schedule = {
    items: [...steps.keys()],
    needs: (id) => steps.get(id)!.needs,
    concurrency: options.concurrency,
    continueOnError: options.continueOnError,
    stopped: () => interrupts.stopping,
    work: (id) => steps.get(id)!.work(),
    blocked: (id, by) => record(id, 'blocked', steps.get(id)!.blockedBy(namesOf(by))),
    skipped: (id) => record(id, 'skipped', 'the run was stopped before its turn'),
  };
  const held: Held = (id, why, by) => record(id, 'blocked', by.length === 0 ? why : `it needs ${namesOf(by)}: ${why}`);
  await runSchedule(gate?.guard(schedule, held) ?? schedule);
  for (const text of gate?.notices ?? []) journal.notice(text);
}

/** Every step by its id: that of the stack for what is done with it in the first place. */
function stepsOf(plan: Plan, context: ShipContext): Map<string, Step> {
  const { graph, deployer } = context;
  const steps = new Map<string, Step>(takeoverSteps(plan, context));
  for (const planned of plan.stacks) {
    const { node, release } = planned;
    const { id } = node.stack;
    const gone = plan.takeovers.filter(({ successors }) => successors.some(({ stack }) => stack.id === id));
    steps.set(id, {
      node,
      needs: new Set([
        ...(graph.upstream.get(id) ?? []),
        ...gone.map((takeover) => takeover.node.stack.id),
        ...(planned.lettingGo ? [lettingGoOf(planned)] : []),
      ]),
      work: () => deployer.deploy(planned),
      blockedBy: (names) => `it needs ${names}`,
    });
    if (!release) continue;
    steps.set(`${id} release`, {
      node,
      needs: new Set([id, ...release.importers]),
      work: () => deployer.release(planned),
      blockedBy: (names) => `it keeps exports that ${names} still imports`,
    });
  }
  return steps;
}

const lettingGoOf = ({ node }: PlannedStack): string => `${node.stack.id} letting go`;

/**
 * The steps before other stacks can be created where they take the place of some: imports are let go of, then the stacks
 * are deleted. Both as late as possible: whatever else comes before the new stacks has to have succeeded.
 */
function takeoverSteps(plan: Plan, { graph, deployer, remover, deletionOrder }: ShipContext): [string, Step][] {
  const { takeovers } = plan;
  const before = comesBeforeTakeovers(takeovers, graph);
  const letting = plan.stacks.filter(({ lettingGo }) => lettingGo);
  return [
    ...letting.map((planned): [string, Step] => [
      lettingGoOf(planned),
      {
        node: planned.node,
        needs: before,
        work: () => deployer.letGo(planned),
        blockedBy: (names) => `it needs ${names}`,
      },
    ]),
    ...takeovers.map((takeover): [string, Step] => {
      const { id } = takeover.node.stack;
      return [
        id,
        {
          node: takeover.node,
          needs: new Set([...before, ...letting.map(lettingGoOf), ...(deletionOrder.get(id) ?? [])]),
          work: () => remover.remove({ ...takeover, isRemoved: true, reason: reasonToGo(takeover) }),
          blockedBy: (names) => `it stays until ${names} succeeds, so that what takes its place can follow at once`,
        },
      ];
    }),
  ];
}
