import {
  exportsOf,
  importsOf,
  publishedSsmParameters,
  ssmParametersOf,
  stackOutputsReadBy,
  type Template,
} from '../assembly/template';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';

/** Something a stack cannot be shipped without and that is not there yet. */
export interface Need {
  readonly kind: 'SSM parameter' | 'export' | 'stack output';
  /** As people write it; for a stack output `<stack>.<output>`. */
  readonly name: string;
  /** The stack of the app that would provide it; undefined when none does. */
  readonly provider?: StackNode;
}

/** What is deployed of the values that stacks hand to each other. Keys: see `regional`. */
export interface Available {
  readonly ssm: ReadonlySet<string>;
  readonly exports: ReadonlySet<string>;
  /** Names as in `Need.name`. */
  readonly outputs: ReadonlySet<string>;
}

/** All values that stacks hand to each other are known within one region. */
export function regional(region: string, name: string): string {
  return `${region} ${name}`;
}

/** What a stack needs of others and that is not there yet. */
export function unmetNeeds({ stack }: StackNode, graph: StackGraph, available: Available): Need[] {
  const provider = (of: (template: Template) => string[], name: string, region = stack.region) =>
    graph.nodes.find((node) => node.stack.region === region && of(node.stack.template).includes(name));
  const missing = (have: ReadonlySet<string>, name: string, region = stack.region) => !have.has(regional(region, name));

  const parameters = [...new Set(ssmParametersOf(stack.template).values())]
    .filter((name) => missing(available.ssm, name))
    .map((name): Need => ({ kind: 'SSM parameter', name, provider: provider(publishedSsmParameters, name) }));
  const exported = importsOf(stack.template)
    .filter((name) => missing(available.exports, name))
    .map((name): Need => ({ kind: 'export', name, provider: provider(exportsOf, name) }))
    // An export of a stack outside the app cannot be told from a missing one here; CloudFormation checks it.
    .filter(({ provider: found }) => found !== undefined);
  const outputs = stackOutputsReadBy(stack.template)
    .map((reference) => ({ ...reference, name: `${reference.stackName}.${reference.output}` }))
    .filter(({ name, region }) => missing(available.outputs, name, region))
    .map(({ name, stackName, output, region = stack.region }): Need => ({
      kind: 'stack output',
      name,
      provider: graph.nodes.find(
        (node) =>
          node.stack.region === region &&
          node.stack.stackName === stackName &&
          node.stack.template.Outputs?.[output] !== undefined,
      ),
    }));
  return [...parameters, ...exported, ...outputs];
}

/** Says that nobody provides something, and who should, if its name tells. */
export function nobodyProvides(node: StackNode, { kind, name }: Need, graph: StackGraph): string {
  if (kind === 'stack output') {
    const [stackName] = name.split('.');
    return (
      `${node.name} reads the output ${name}, which does not exist. ` +
      `Add it to the stack ${stackName} and deploy that one first, or correct the name in ${node.name}.`
    );
  }
  const owner = name.split('/').at(-2);
  const guess = graph.nodes.find((other) => other.name === owner);
  const advice = guess
    ? `By its path the ${guess.name} stack should publish it: publish it there, or correct the name in ${node.name}.`
    : 'Publish it in one of the stacks, create it, or correct its name.';
  return `${node.name} needs the ${kind} ${name}, which does not exist and which no stack publishes. ${advice}`;
}
