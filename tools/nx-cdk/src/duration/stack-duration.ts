import type { AssembledStack } from '../assembly/assembly';
import { keptResources } from '../plan/remains';
import type { ResourceChange } from '../plan/resource-changes';
import type { StackNode } from '../stack-graph/stack-graph';
import { type Estimate, longest, NONE, sum } from './estimate';
import { FIGURES, type Figure, type Figures, type Operation, OTHER_TYPES, OVERHEAD } from './figures';
import { neededBy } from './references';
import { type ContainerFacts, firstTasks, lastTasks, rollingUpdate, rollSettings } from './service-roll';

/** What of a change decides how long it takes. */
export type TimedChange = Pick<ResourceChange, 'logicalId' | 'type' | 'change'>;

/** A stack that ships. */
export interface TimedStack {
  readonly stack: Pick<AssembledStack, 'template'>;
  readonly changes: readonly TimedChange[];
  readonly method: 'change-set' | 'direct';
}

/** What the model knows beside the templates. */
export interface Knowledge extends ContainerFacts {
  /** Every stack of the app, for what a stack refers to. */
  readonly stacks: readonly Pick<AssembledStack, 'template'>[];
  /** Measured figures, which go before the built-in ones. */
  readonly measured?: Figures;
}

/**
 * How long AWS takes for a stack: CloudFormation's own part, then the changed resources, each after those it needs, then
 * the removal of what is replaced or gone. Resources that do not change take no time.
 */
export function stackDuration({ stack, changes, method }: TimedStack, knowledge: Knowledge): Estimate {
  const all = withConsequences(changes, stack);
  const overhead = [OVERHEAD.operation, ...(method === 'change-set' ? [OVERHEAD.changeSet] : [])];
  const made = all.filter(({ change }) => change !== 'remove');
  const gone = all.filter(({ change }) => change === 'remove' || change === 'replace');
  return sum(
    ...overhead,
    longestPath(made, stack, (change) => changeDuration(change, stack, knowledge)),
    longest(gone.map(({ type }) => figureOf(type, knowledge).delete)),
  );
}

/** The same of a stack of the app, in the way that its phase ships. */
export function shippingDuration(
  { stack, phase }: StackNode,
  changes: readonly TimedChange[],
  knowledge: Knowledge,
): Estimate {
  return stackDuration({ stack, changes, method: phase?.method ?? 'change-set' }, knowledge);
}

/** How long AWS takes for an update that changes no resource: of outputs, or of imports that become values. */
export const OUTPUTS_ONLY: Estimate = sum(OVERHEAD.operation, OVERHEAD.changeSet);

/** How long AWS takes to delete a stack: each resource after those that need it. What is kept takes no time. */
export function deletionDuration(stack: TimedStack['stack'], knowledge: Knowledge): Estimate {
  const kept = keptResources(stack);
  const gone = Object.entries(stack.template.Resources ?? {})
    .filter(([logicalId]) => kept.get(logicalId) !== 'resource')
    .map(([logicalId, { Type: type }]): TimedChange => ({ logicalId, type, change: 'remove' }));
  // From one end of a path to the other it is as far as back.
  return sum(
    OVERHEAD.operation,
    longestPath(gone, stack, (change) => changeDuration(change, stack, knowledge)),
  );
}

/** What has to be updated because something that it refers to is replaced: a service with a new task definition. */
function withConsequences(changes: readonly TimedChange[], { template }: TimedStack['stack']): TimedChange[] {
  const known = new Map(changes.map((change) => [change.logicalId, change]));
  const replaced = changes.filter(({ change }) => change === 'replace' || change === 'may-replace');
  if (replaced.length === 0) return [...changes];
  for (const [logicalId, { Type: type }] of Object.entries(template.Resources ?? {})) {
    if (known.has(logicalId)) continue;
    const needed = neededBy(template, logicalId);
    if (replaced.some((one) => needed.has(one.logicalId))) known.set(logicalId, { logicalId, type, change: 'update' });
  }
  return [...known.values()];
}

function longestPath(
  changes: readonly TimedChange[],
  { template }: TimedStack['stack'],
  durationOf: (change: TimedChange) => Estimate,
): Estimate {
  const known = new Map(changes.map((change) => [change.logicalId, change]));
  const until = new Map<string, Estimate>();
  const path = (change: TimedChange): Estimate => {
    const found = until.get(change.logicalId);
    if (found) return found;
    // In a circle, which CloudFormation would refuse, a resource counts once.
    until.set(change.logicalId, NONE);
    const before = [...neededBy(template, change.logicalId)].flatMap((id) => known.get(id) ?? []).map(path);
    const estimate = sum(longest(before), durationOf(change));
    until.set(change.logicalId, estimate);
    return estimate;
  };
  return longest(changes.map(path));
}

const OPERATIONS: Readonly<Record<TimedChange['change'], Operation>> = {
  add: 'create',
  replace: 'create',
  'may-replace': 'create',
  update: 'update',
  remove: 'delete',
};

const SERVICE = { create: firstTasks, update: rollingUpdate, delete: lastTasks };

function changeDuration(
  { logicalId, type, change }: TimedChange,
  stack: TimedStack['stack'],
  knowledge: Knowledge,
): Estimate {
  const operation = OPERATIONS[change];
  if (type === 'AWS::ECS::Service' && knowledge.measured?.[type] === undefined) {
    const properties = stack.template.Resources?.[logicalId]?.Properties ?? {};
    const settings = rollSettings(properties, stack, knowledge.stacks);
    return SERVICE[operation](settings, knowledge);
  }
  return figureOf(type, knowledge)[operation];
}

const figureOf = (type: string, { measured = {} }: Knowledge): Figure => measured[type] ?? FIGURES[type] ?? OTHER_TYPES;
