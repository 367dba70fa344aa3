import {
  exportsOf,
  importsOf,
  publishedSsmParameters,
  ssmParametersOf,
  stackOutputsReadBy,
} from '../assembly/template';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';
import { nobodyProvides, type Need, regional } from './needs';

/** What the stacks of an app say of each other. */
export interface ReferenceFindings {
  /** References that lead nowhere, and values that two stacks want to be the only ones to publish. */
  readonly problems: readonly string[];
  /** Values that no stack of the app publishes, and that have to be there before: whether they are, only AWS tells. */
  readonly notices: readonly string[];
}

/**
 * Holds what stacks need of each other against what they publish, without asking AWS.
 *
 * A name beside others that the app publishes, or of a stack of the app, is the app's own: if nobody publishes it, it is
 * misspelt. Any other may be somebody else's.
 */
export function referenceFindings(graph: StackGraph): ReferenceFindings {
  const published = providersOf(graph, ({ stack: { template } }) => publishedSsmParameters(template));
  const exported = providersOf(graph, ({ stack: { template } }) => exportsOf(template));
  const problems = new Set([...twice('SSM parameter', published), ...twice('export', exported)]);
  const notices = new Set<string>();
  for (const node of graph.nodes) {
    for (const need of needsOf(node, graph, published, exported)) {
      const own = isOwn(node, need, graph, published);
      if (own) problems.add(nobodyProvides(node, need, graph));
      else
        notices.add(
          `${node.name} needs the ${need.kind} ${need.name}, which is not the app’s: it has to be there before.`,
        );
    }
  }
  return { problems: [...problems], notices: [...notices] };
}

/** Names of stacks by what they publish. */
type Providers = ReadonlyMap<string, readonly string[]>;

function providersOf(graph: StackGraph, namesOf: (node: StackNode) => readonly string[]): Providers {
  const providers = new Map<string, string[]>();
  for (const node of graph.nodes) {
    for (const name of namesOf(node)) {
      const key = regional(node.stack.region, name);
      providers.set(key, [...(providers.get(key) ?? []), node.name]);
    }
  }
  return providers;
}

function twice(kind: Need['kind'], providers: Providers): string[] {
  return [...providers]
    .filter(([, names]) => names.length > 1)
    .map(([key, names]) => `The ${kind} ${key.split(' ')[1]} is published more than once: by ${names.join(', ')}.`);
}

/** What no stack of the app provides. */
function needsOf({ stack }: StackNode, graph: StackGraph, published: Providers, exported: Providers): Need[] {
  const parameters = [...new Set(ssmParametersOf(stack.template).values())]
    .filter((name) => !published.has(regional(stack.region, name)))
    .map((name): Need => ({ kind: 'SSM parameter', name }));
  const imports = importsOf(stack.template)
    .filter((name) => !exported.has(regional(stack.region, name)))
    .map((name): Need => ({ kind: 'export', name }));
  const outputs = stackOutputsReadBy(stack.template)
    .filter(({ stackName, output }) => outputsOf(stackName, graph)?.includes(output) !== true)
    .map(({ stackName, output }): Need => ({ kind: 'stack output', name: `${stackName}.${output}` }));
  return [...parameters, ...imports, ...outputs];
}

function outputsOf(stackName: string, { nodes }: StackGraph): string[] | undefined {
  const template = nodes.find(({ stack }) => stack.stackName === stackName)?.stack.template;
  return template && Object.keys(template.Outputs ?? {});
}

function isOwn({ stack }: StackNode, { kind, name }: Need, graph: StackGraph, published: Providers): boolean {
  const isStack = (stackName: string | undefined) => graph.nodes.some((node) => node.stack.stackName === stackName);
  switch (kind) {
    case 'SSM parameter': {
      const folder = regional(stack.region, name.slice(0, name.lastIndexOf('/') + 1));
      return [...published.keys()].some((key) => key.startsWith(folder));
    }
    // CDK names exports `<stack>:<output>`.
    case 'export':
      return isStack(name.split(':')[0]);
    case 'stack output':
      return isStack(name.split('.')[0]);
  }
}
