import type { DeployedStack } from '../live-state/live-state';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';
import { evaluate, type Verdict } from './evaluate';
import { type Available, nobodyPublishes, unmetNeeds } from './needs';

/** What one run is to do with one stack. */
export interface PlannedStack {
  readonly node: StackNode;
  readonly verdict: Verdict;
  /** Why the stack is part of the run although it was not asked for. */
  readonly widened?: string;
}

/** What a run is to do. */
export interface Plan {
  /** Stacks of the run, in order. */
  readonly stacks: readonly PlannedStack[];
  /** Stacks of the app that are not part of the run, and why. */
  readonly excluded: readonly { readonly node: StackNode; readonly reason: string }[];
  /** Why nothing may ship; empty when it may. */
  readonly problems: readonly string[];
}

/** Everything a plan is made from. */
export interface PlanInput {
  readonly graph: StackGraph;
  /** Ids of the stacks asked for; undefined means all. */
  readonly selected?: ReadonlySet<string>;
  /** Leave out the phases that are not infrastructure. */
  readonly infraOnly: boolean;
  /** Deployed stacks by stack id. */
  readonly deployed: ReadonlyMap<string, DeployedStack | undefined>;
  /** Present values of SSM parameters, by region, then by name. */
  readonly ssm: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly available: Available;
  /** New parameter values. */
  readonly given: Readonly<Record<string, string>>;
  readonly force: boolean;
}

/** Makes the plan of a run. Reads nothing, changes nothing. */
export function makePlan(input: PlanInput): Plan {
  const { graph } = input;
  const outside = (node: StackNode): string | undefined => {
    if (input.infraOnly && node.phase?.infrastructure === false)
      return `phase ${node.phase.name} is left out by --infraOnly`;
    return input.selected && !input.selected.has(node.stack.id) ? 'not selected' : undefined;
  };

  const problems: string[] = [];
  const widened = new Map<string, string>();
  const verdicts = new Map<string, Verdict>();
  const queue = graph.nodes.filter((node) => outside(node) === undefined);
  for (let node = queue.shift(); node; node = queue.shift()) {
    const { id, region } = node.stack;
    if (verdicts.has(id)) continue;
    const verdict = evaluate(node.stack, input.deployed.get(id), {
      given: input.given,
      ssm: input.ssm.get(region) ?? new Map(),
      force: input.force,
    });
    verdicts.set(id, verdict);
    for (const need of unmetNeeds(node, graph, input.available)) {
      const { provider } = need;
      if (provider === undefined) {
        problems.push(nobodyPublishes(node, need, graph));
      } else if (!verdicts.has(provider.stack.id) && outside(provider) === 'not selected') {
        widened.set(provider.stack.id, `${node.name} needs its ${need.kind} ${need.name}, which is not there yet`);
        queue.push(provider);
      } else if (outside(provider) !== undefined && !widened.has(provider.stack.id)) {
        problems.push(
          `${node.name} needs the ${need.kind} ${need.name}, which ${provider.name} publishes and which is not there ` +
            `yet, but ${outside(provider)}. Run without --infraOnly.`,
        );
      }
    }
  }

  return {
    stacks: graph.nodes.flatMap((node) => {
      const verdict = verdicts.get(node.stack.id);
      return verdict ? [{ node, verdict, widened: widened.get(node.stack.id) }] : [];
    }),
    excluded: graph.nodes
      .filter(({ stack }) => !verdicts.has(stack.id))
      .map((node) => ({ node, reason: outside(node) ?? 'not selected' })),
    problems: [...new Set(problems)],
  };
}
