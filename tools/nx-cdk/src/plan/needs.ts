import { exportsOf, importsOf, publishedSsmParameters, ssmParametersOf } from '../assembly/template';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';

/** Something a stack cannot be shipped without and that is not there yet. */
export interface Need {
  readonly kind: 'SSM parameter' | 'export';
  readonly name: string;
  /** The stack of the app that would provide it; undefined when none does. */
  readonly provider?: StackNode;
}

/** What is deployed of the values that stacks hand to each other. */
export interface Available {
  /** Key: region and name. */
  readonly ssm: ReadonlySet<string>;
  /** Key: region and name. */
  readonly exports: ReadonlySet<string>;
}

/** Exports and SSM parameters are known within one region. */
export const regional = (region: string, name: string) => `${region} ${name}`;

/** The SSM parameters and exports that a stack needs and that are not there yet. */
export function unmetNeeds({ stack }: StackNode, graph: StackGraph, available: Available): Need[] {
  const provider = (of: (node: StackNode) => string[], name: string) =>
    graph.nodes.find((node) => node.stack.region === stack.region && of(node).includes(name));

  const parameters = [...new Set(ssmParametersOf(stack.template).values())]
    .filter((name) => !available.ssm.has(regional(stack.region, name)))
    .map((name): Need => ({
      kind: 'SSM parameter',
      name,
      provider: provider((node) => publishedSsmParameters(node.stack.template), name),
    }));
  const exports = importsOf(stack.template)
    .filter((name) => !available.exports.has(regional(stack.region, name)))
    .map((name): Need => ({ kind: 'export', name, provider: provider((node) => exportsOf(node.stack.template), name) }))
    // An export of a stack outside the app cannot be told from a missing one here; CloudFormation checks it.
    .filter(({ provider: found }) => found !== undefined);
  return [...parameters, ...exports];
}

/** Says that nobody publishes a parameter, and who should, if its path names a stack (`/…/<stack>/<key>`). */
export function nobodyPublishes(node: StackNode, need: Need, graph: StackGraph): string {
  const owner = need.name.split('/').at(-2);
  const guess = graph.nodes.find(({ name }) => name === owner);
  const advice = guess
    ? `By its path the ${guess.name} stack should publish it: publish it there, or correct the name in ${node.name}.`
    : 'Publish it in one of the stacks, create it, or correct its name.';
  return `${node.name} needs the SSM parameter ${need.name}, which does not exist and which no stack publishes. ${advice}`;
}
