import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppModel } from '../config/app-model';
import { type Estimate, inWords } from '../duration/estimate';
import { parseFigures } from '../duration/figures-file';
import type { Figures } from '../duration/figures';
import { planDuration } from '../duration/plan-duration';
import { rollAdvice } from '../duration/roll-advice';
import { namedBy } from '../duration/references';
import { stackDuration, type TimedChange } from '../duration/stack-duration';
import type { PlannedStack } from '../plan/plan';
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
  graph: StackGraph,
  concurrency: number,
  { root, config: { imageMiB } }: AppModel,
  workspaceRoot: string,
): string[] {
  if (shipping.length === 0) return [];
  const stacks = graph.nodes.map(({ stack }) => stack);
  const measured = readFigures(join(workspaceRoot, root, FIGURES_FILE));
  const durations = new Map<string, Estimate>();
  for (const { node, changes } of shipping) {
    const method = node.phase?.method ?? 'change-set';
    durations.set(node.stack.id, stackDuration({ stack: node.stack, changes, method }, { stacks, measured, imageMiB }));
  }
  const needs = (id: string) => graph.upstream.get(id) ?? [];
  const all = inWords(planDuration({ durations, needs, concurrency }));
  const longest = shipping
    .map(({ node }) => ({ name: node.name, estimate: durations.get(node.stack.id)! }))
    .sort((a, b) => b.estimate.typical - a.estimate.typical)
    .slice(0, TOLD)
    .map(({ name, estimate }) => `${name} ${inWords(estimate)}`);
  const details = shipping.length === 1 ? '' : `; the longest: ${longest.join(', ')}`;
  return [
    `On AWS this takes ${all}, by a model${measured ? ' with figures of your own' : ''}${details}.`,
    ...rollAdvice(
      shipping.map(({ node }) => node.stack),
      stacks,
      { imageMiB },
    ),
  ];
}

function readFigures(file: string): Figures | undefined {
  return existsSync(file) ? parseFigures(readFileSync(file, 'utf8'), file) : undefined;
}
