import type { AssembledStack, Assembly } from '../assembly/assembly';
import { publishedSsmParameters, ssmParametersOf } from '../assembly/template';
import type { AppModel, StackProject } from '../config/app-model';
import type { Phase } from '../config/plugin-config';

/** A stack with its place in the workspace and in the order of things. */
export interface StackNode {
  readonly stack: AssembledStack;
  /** What people call it: the folder name of its project, or its CloudFormation name if it has no project. */
  readonly name: string;
  /** The Nx project, if the stack has one. */
  readonly project?: string;
  readonly phase?: Phase;
}

/** All stacks of an environment, each after everything it depends on; ties by phase, then as the phase lists them. */
export interface StackGraph {
  readonly nodes: readonly StackNode[];
  /** By stack id: the ids of the stacks that come directly before it. */
  readonly direct: ReadonlyMap<string, ReadonlySet<string>>;
  /** By stack id: the ids of all stacks that come before it, directly or not. */
  readonly upstream: ReadonlyMap<string, ReadonlySet<string>>;
  /** By stack id: the ids of all stacks that come after it, directly or not. */
  readonly downstream: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Stack projects whose stack is no part of the environment, e.g. because the environment has no SSL. */
export function projectsWithoutStack(app: AppModel, environment: string, graph: StackGraph): StackProject[] {
  const names = new Set(graph.nodes.map(({ stack }) => stack.stackName));
  return app.stackProjects.filter(({ stack }) => !names.has(stackNameOf(app, environment, stack)));
}

/**
 * Orders the stacks of an assembly.
 *
 * Beside the dependencies the app declares, a stack depends on those that publish an SSM parameter it reads.
 *
 * @throws when the stacks depend on each other in a circle.
 */
export function buildStackGraph(assembly: Assembly, app: AppModel, environment: string): StackGraph {
  const projects = new Map(app.stackProjects.map((p) => [stackNameOf(app, environment, p.stack), p]));
  const nodes = assembly.stacks.map((stack): StackNode => {
    const project = projects.get(stack.stackName);
    return {
      stack,
      name: project?.stack ?? stack.stackName,
      project: project?.project,
      phase: app.config.phases.find(({ name }) => name === project?.phase),
    };
  });
  const direct = directEdges(assembly.stacks);
  const upstream = closure(direct);
  const downstream = new Map(
    assembly.stacks.map(({ id }) => [
      id,
      new Set([...upstream].filter(([, needed]) => needed.has(id)).map(([dependent]) => dependent)),
    ]),
  );
  return { nodes: inOrder(nodes, upstream, app.config.phases), direct, upstream, downstream };
}

/** CloudFormation name of the stack of a folder. */
export function stackNameOf({ config }: AppModel, environment: string, stack: string): string {
  return config.stackName.replaceAll('{environment}', environment).replaceAll('{stack}', stack);
}

function directEdges(stacks: readonly AssembledStack[]): Map<string, Set<string>> {
  const publishers = new Map(
    stacks.flatMap((stack) =>
      publishedSsmParameters(stack.template).map((name) => [`${stack.region}${name}`, stack.id] as const),
    ),
  );
  return new Map(
    stacks.map(({ id, region, dependencies, template }) => {
      const read = [...ssmParametersOf(template).values()].map((name) => publishers.get(`${region}${name}`));
      return [id, new Set([...dependencies, ...read].filter((other) => other !== undefined && other !== id))];
    }),
  ) as Map<string, Set<string>>;
}

function closure(direct: ReadonlyMap<string, ReadonlySet<string>>): Map<string, Set<string>> {
  const closed = new Map<string, Set<string>>();
  const visit = (id: string, path: readonly string[]): Set<string> => {
    if (path.includes(id))
      throw new Error(`The stacks depend on each other in a circle: ${[...path, id].join(' → ')}.`);
    const known = closed.get(id);
    if (known) return known;
    const all = new Set<string>();
    for (const needed of direct.get(id) ?? []) {
      all.add(needed);
      for (const further of visit(needed, [...path, id])) all.add(further);
    }
    closed.set(id, all);
    return all;
  };
  for (const id of direct.keys()) visit(id, []);
  return closed;
}

function inOrder(
  nodes: readonly StackNode[],
  upstream: ReadonlyMap<string, ReadonlySet<string>>,
  phases: readonly Phase[],
): StackNode[] {
  const rank = ({ name, phase }: StackNode): [number, number] => {
    const listed = phase?.stacks.indexOf(name) ?? -1;
    return [phase ? phases.indexOf(phase) : phases.length, listed < 0 ? Number.MAX_SAFE_INTEGER : listed];
  };
  const waiting = [...nodes].sort((a, b) => {
    const [phaseA, listedA] = rank(a);
    const [phaseB, listedB] = rank(b);
    return phaseA - phaseB || listedA - listedB || a.name.localeCompare(b.name);
  });
  const ordered: StackNode[] = [];
  while (waiting.length > 0) {
    const placed = new Set(ordered.map(({ stack }) => stack.id));
    const next = waiting.findIndex(({ stack }) => [...(upstream.get(stack.id) ?? [])].every((id) => placed.has(id)));
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}
