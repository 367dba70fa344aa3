import {
  exportsOf,
  importsOf,
  publishedSsmParameters,
  ssmParametersOf,
  stackOutputsReadBy,
  type Template,
} from '../assembly/template';

/** A deployed stack, as far as the order of deletion is concerned. */
export interface DeletableStack {
  readonly id: string;
  readonly stackName: string;
  readonly region: string;
  /** As deployed. */
  readonly template?: Template;
}

/**
 * The stacks that have to be gone before each stack, by id.
 *
 * What is deployed need not be what the app has now: a stack also comes after those whose deployed templates import its
 * exports, or read its SSM parameters or outputs. Where that contradicts the order of the app, the deployed state is right.
 *
 * @param downstream order of the app: the ids of the stacks that depend on a stack, by its id.
 */
export function deletionOrder(
  stacks: readonly DeletableStack[],
  downstream: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, Set<string>> {
  const before = new Map(stacks.map(({ id }) => [id, new Set<string>()]));
  const add = (first: string, then: string) => {
    if (first !== then && before.has(first) && !reaches(before, first, then)) before.get(then)?.add(first);
  };
  for (const use of [exportUse, parameterUse, outputUse]) {
    for (const { producer, consumer } of edges(stacks, use)) add(consumer, producer);
  }
  for (const { id } of stacks) {
    for (const dependent of downstream.get(id) ?? []) add(dependent, id);
  }
  return before;
}

/** One way in which stacks hand values to each other: what a stack provides and uses, as keys that are equal. */
interface Use {
  readonly provided: (stack: DeletableStack) => string[];
  readonly used: (stack: DeletableStack) => string[];
}

const exportUse: Use = {
  provided: ({ region, template = {} }) => exportsOf(template).map((name) => `${region} ${name}`),
  used: ({ region, template = {} }) => importsOf(template).map((name) => `${region} ${name}`),
};

const parameterUse: Use = {
  provided: ({ region, template = {} }) => publishedSsmParameters(template).map((name) => `${region} ${name}`),
  used: ({ region, template = {} }) => [...ssmParametersOf(template).values()].map((name) => `${region} ${name}`),
};

const outputUse: Use = {
  provided: ({ region, stackName }) => [`${region} ${stackName}`],
  used: ({ region: own, template = {} }) =>
    stackOutputsReadBy(template).map(({ stackName, region = own }) => `${region} ${stackName}`),
};

function edges(
  stacks: readonly DeletableStack[],
  { provided, used }: Use,
): { readonly producer: string; readonly consumer: string }[] {
  const producers = new Map(stacks.flatMap((stack) => provided(stack).map((key) => [key, stack.id] as const)));
  return stacks.flatMap((stack) =>
    used(stack).flatMap((key) => {
      const producer = producers.get(key);
      return producer === undefined ? [] : [{ producer, consumer: stack.id }];
    }),
  );
}

/** Whether `to` has to be gone before `from`, directly or not. */
export function reaches(before: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  // A set is iterated with what is added meanwhile. Each stack is looked at once, however many paths lead there.
  const found = new Set(before.get(from));
  for (const next of found) for (const further of before.get(next) ?? []) found.add(further);
  return found.has(to);
}
