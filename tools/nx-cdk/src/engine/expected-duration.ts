import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppModel } from '../config/app-model';
import { type Estimate, inWords } from '../duration/estimate';
import { parseFigures } from '../duration/figures-file';
import type { Figures } from '../duration/figures';
import { planDuration } from '../duration/plan-duration';
import { rollAdvice } from '../duration/roll-advice';
import { namedBy } from '../duration/references';
import {
  deletionDuration,
  OUTPUTS_ONLY,
  shippingDuration,
  type Knowledge,
  type TimedChange,
} from '../duration/stack-duration';
import type { Plan, PlannedStack } from '../plan/plan';
import { type Step, type StepOrder, stepsOf } from '../plan/steps';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';

/** Below the app: figures measured on AWS, which `calibrate` writes. */
export const FIGURES_FILE = 'deploy-durations.json';

/** The most stacks whose own time is told. */
const TOLD = 3;

/** A stack that would ship, and what of it would change. */
export interface ExpectedStack {
  readonly node: StackNode;
  readonly changes: readonly TimedChange[];
}

/** The order in which stacks would ship. */
export interface ExpectedOrder extends StepOrder {
  readonly graph: StackGraph;
  /** The most stacks at once. */
  readonly concurrency: number;
}

/** What new values of parameters change beside what differs in the template: the resources that refer to them. */
export function changesByParameters(
  { node, deployed }: Pick<PlannedStack, 'node' | 'deployed'>,
  given: Readonly<Record<string, string>>,
): TimedChange[] {
  const changed = Object.keys(given).filter(
    (name) => (deployed?.parameters[name]?.value ?? given[name]) !== given[name],
  );
  if (changed.length === 0) return [];
  const { template } = node.stack;
  return Object.entries(template.Resources ?? {})
    .filter(([logicalId]) => changed.some((name) => namedBy(template, logicalId).has(name)))
    .map(([logicalId, { Type: type }]) => ({ logicalId, type, change: 'may-replace' }));
}

/**
 * What a model says of how long AWS takes for stacks that would ship, and what makes it slow; one sentence each.
 *
 * @throws when the file of measured figures is invalid.
 */
export function expectedDuration(
  shipping: readonly ExpectedStack[],
  plan: Pick<Plan, 'stacks' | 'takeovers'>,
  { graph, deletionOrder, concurrency }: ExpectedOrder,
  { root, config: { imageMiB } }: AppModel,
  workspaceRoot: string,
): string[] {
  if (shipping.length === 0) return [];
  const app = graph.nodes.map(({ stack }) => stack);
  const stacks = [...plan.takeovers.map(({ node }) => node.stack), ...app];
  const measured = readFigures(join(workspaceRoot, root, FIGURES_FILE));
  const knowledge = { stacks, measured, imageMiB };
  const steps = stepsOf(plan, { graph, deletionOrder });
  const durations = new Map<string, Estimate>();
  for (const [id, step] of steps) {
    const estimate = stepDuration(step, shipping, knowledge);
    if (estimate) durations.set(id, estimate);
  }
  const all = inWords(planDuration({ durations, needs: (id) => steps.get(id)!.needs, concurrency }));
  const longest = [...durations]
    .sort(([, a], [, b]) => b.typical - a.typical)
    .slice(0, TOLD)
    .map(([id, estimate]) => `${labelOf(steps.get(id)!)} ${inWords(estimate)}`);
  const details = durations.size === 1 ? '' : `; the longest: ${longest.join(', ')}`;
  return [
    `On AWS this takes ${all}, by a model${measured ? ' with figures of your own' : ''}${details}.`,
    ...rollAdvice(
      shipping.map(({ node }) => node.stack),
      app,
      { imageMiB },
    ),
  ];
}

/** Undefined for what does not ship. */
function stepDuration(step: Step, shipping: readonly ExpectedStack[], knowledge: Knowledge): Estimate | undefined {
  const { kind, node } = step;
  if (kind === 'delete') return deletionDuration(node.stack, knowledge);
  if (kind !== 'ship') return OUTPUTS_ONLY;
  const changes = shipping.find((one) => one.node === node)?.changes;
  return changes && shippingDuration(node, changes, knowledge);
}

const labelOf = ({ kind, node: { name } }: Step): string => (kind === 'delete' ? `the deletion of ${name}` : name);

function readFigures(file: string): Figures | undefined {
  return existsSync(file) ? parseFigures(readFileSync(file, 'utf8'), file) : undefined;
}
