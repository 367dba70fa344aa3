import type { DeployOptions } from '../options/options';
import type { DnsGate, Held } from '../dns/dns-gate';
import type { Plan, PlannedStack } from '../plan/plan';
import { runSchedule, type Schedule } from '../schedule/schedule';
import type { StackGraph } from '../stack-graph/stack-graph';
import type { Journal } from './journal';
import type { RunParts } from './request';
import type { StackDeployer } from './stack-deployer';

/** What shipping a plan needs beside it. */
export interface ShipContext {
  readonly graph: StackGraph;
  readonly options: DeployOptions;
  readonly deployer: StackDeployer;
  readonly journal: Journal;
  /** Holds what must not start yet; undefined where nothing has to be held. */
  readonly gate?: DnsGate;
}

/** A stack, or its second step. */
interface Step {
  readonly planned: PlannedStack;
  /** Ids of the steps that come before it. */
  readonly needs: ReadonlySet<string>;
  readonly isRelease: boolean;
}

/** Ships the stacks of a plan in order, several at once. */
export async function shipPlan(
  plan: Plan,
  { graph, options, deployer, journal, gate }: ShipContext,
  { interrupts }: RunParts,
): Promise<void> {
  const steps = stepsOf(plan, graph);
  const nodeOf = (id: string) => steps.get(id)!.planned.node;
  const namesOf = (ids: readonly string[]) => ids.map((id) => nodeOf(id).name).join(', ');
  const schedule: Schedule = {
    items: [...steps.keys()],
    needs: (id) => steps.get(id)!.needs,
    concurrency: options.concurrency,
    continueOnError: options.continueOnError,
    stopped: () => interrupts.stopping,
    work: (id) => {
      const { planned, isRelease } = steps.get(id)!;
      return isRelease ? deployer.release(planned) : deployer.deploy(planned);
    },
    blocked: (id, by) => {
      const { planned, isRelease } = steps.get(id)!;
      const reason = isRelease ? `it keeps exports that ${namesOf(by)} still imports` : `it needs ${namesOf(by)}`;
      journal.record(planned.node, { result: 'blocked', reason });
    },
    skipped: (id) => journal.record(nodeOf(id), { result: 'skipped', reason: 'the run was stopped before its turn' }),
  };
  const held: Held = (id, why, by) => {
    const reason = by.length === 0 ? why : `it needs ${namesOf(by)}: ${why}`;
    journal.record(nodeOf(id), { result: 'blocked', reason });
  };
  await runSchedule(gate?.guard(schedule, held) ?? schedule);
  for (const text of gate?.notices ?? []) journal.notice(text);
}

function stepsOf({ stacks }: Plan, graph: StackGraph): Map<string, Step> {
  const steps = new Map<string, Step>();
  for (const planned of stacks) {
    const { id } = planned.node.stack;
    steps.set(id, { planned, needs: graph.upstream.get(id) ?? new Set(), isRelease: false });
  }
  for (const planned of stacks.filter(({ release }) => release)) {
    const { id } = planned.node.stack;
    steps.set(`${id} release`, { planned, needs: new Set([id, ...planned.release!.importers]), isRelease: true });
  }
  return steps;
}
