import type { DeployOptions } from '../options/options';
import type { DnsGate, Held } from '../dns/dns-gate';
import type { Plan } from '../plan/plan';
import { type Step, type StepOrder, stepsOf } from '../plan/steps';
import { reasonToGo } from '../plan/takeover-problems';
import { type Ending, runSchedule, type Schedule } from '../schedule/schedule';
import type { StackGraph } from '../stack-graph/stack-graph';
import type { StackRemover } from './delete-stacks';
import type { Journal, Outcome } from './journal';
import type { RunParts } from './request';
import type { StackDeployer } from './stack-deployer';

/** What shipping a plan needs beside it. */
export interface ShipContext extends StepOrder {
  readonly graph: StackGraph;
  readonly options: DeployOptions;
  readonly deployer: StackDeployer;
  /** Deletes the stacks that go before others can be created. */
  readonly remover: StackRemover;
  readonly journal: Journal;
  /** Holds what must not start yet; undefined where nothing has to be held. */
  readonly gate?: DnsGate;
}

/** Ships the stacks of a plan in order, several at once. */
export async function shipPlan(plan: Plan, context: ShipContext, { interrupts }: RunParts): Promise<void> {
  const { options, journal, gate } = context;
  const steps = stepsOf(plan, context);
  const stepOf = (id: string) => steps.get(id)!;
  const nodeOf = (id: string) => stepOf(id).node;
  const namesOf = (ids: readonly string[]) => [...new Set(ids.map((id) => nodeOf(id).name))].join(', ');
  const record = (id: string, result: Outcome['result'], reason: string) =>
    journal.record(nodeOf(id), { result, reason });
  const schedule: Schedule = {
    items: [...steps.keys()],
    needs: (id) => stepOf(id).needs,
    concurrency: options.concurrency,
    continueOnError: options.continueOnError,
    stopped: () => interrupts.stopping,
    work: (id) => work(stepOf(id), context),
    blocked: (id, by) => record(id, 'blocked', BLOCKED[stepOf(id).kind](namesOf(by))),
    skipped: (id) => record(id, 'skipped', 'the run was stopped before its turn'),
  };
  const held: Held = (id, why, by) => record(id, 'blocked', by.length === 0 ? why : `it needs ${namesOf(by)}: ${why}`);
  await runSchedule(gate?.guard(schedule, held) ?? schedule);
  for (const text of gate?.notices ?? []) journal.notice(text);
}

function work(step: Step, { deployer, remover }: ShipContext): Promise<Ending> {
  switch (step.kind) {
    case 'let go':
      return deployer.letGo(step.planned);
    case 'delete':
      return remover.remove({ ...step.takeover, isRemoved: true, reason: reasonToGo(step.takeover) });
    case 'ship':
      return deployer.deploy(step.planned);
    case 'release':
      return deployer.release(step.planned);
  }
}

/** Why a step cannot be done when some of what it needs was not; the names of that are given. */
const BLOCKED: Readonly<Record<Step['kind'], (names: string) => string>> = {
  'let go': (names) => `it needs ${names}`,
  delete: (names) => `it stays until ${names} succeeds, so that what takes its place can follow at once`,
  ship: (names) => `it needs ${names}`,
  release: (names) => `it keeps exports that ${names} still imports`,
};
