import { join } from 'node:path';
import type { AssembledStack } from '../assembly/assembly';
import { assemblyProblems } from '../assembly/assembly';
import { readAssembly } from '../assembly/read-assembly';
import type { Identity } from '../live-state/live-state';
import { assemblyDirectory } from '../plugin/targets';
import { buildStackGraph, projectsWithoutStack, type StackGraph } from '../stack-graph/stack-graph';
import type { Journal } from './journal';
import { refuseOn } from './refusal';
import type { RunParts, RunRequest } from './request';

/** A run that may begin. */
export interface Prepared {
  /** Absolute path of the assembly. */
  readonly directory: string;
  readonly graph: StackGraph;
  /** Ids of the stacks asked for; undefined means all. */
  readonly selected?: ReadonlySet<string>;
  /** Whose credentials the run has. */
  readonly identity: Identity;
}

/**
 * Reads the assembly and checks that it is for where the credentials lead. AWS is asked only when the request and the
 * assembly are in order.
 *
 * @param problems what else is already known to be wrong.
 * @throws Refusal with every problem found.
 */
export async function prepare(
  request: RunRequest<unknown>,
  { connect, liveState }: Pick<RunParts, 'connect' | 'liveState'>,
  journal: Journal,
  problems: readonly string[],
): Promise<Prepared> {
  const { workspaceRoot, app, environment, stacks } = request;
  const directory = join(workspaceRoot, assemblyDirectory(environment));
  const assembly = readAssembly(directory);
  const graph = buildStackGraph(assembly, app, environment);
  journal.nodes = graph.nodes;
  journal.direct = graph.direct;
  refuseOn([...request.optionProblems, ...problems, ...assemblyProblems(assembly)]);

  if (stacks) {
    journal.absent = projectsWithoutStack(app, environment, graph).filter(({ stack }) => stacks.includes(stack));
  }
  await connect();
  const region = assembly.stacks[0]?.region ?? '';
  const identity = await liveState.identity(region);
  journal.account = identity.account;
  journal.region = region;
  refuseOn(accountProblems(environment, identity, assembly.stacks));
  const selected =
    stacks && new Set(graph.nodes.filter(({ name }) => stacks.includes(name)).map(({ stack }) => stack.id));
  return { directory, graph, selected, identity };
}

function accountProblems(environment: string, identity: Identity, stacks: readonly AssembledStack[]): string[] {
  const others = [...new Set(stacks.map(({ account }) => account))].filter((account) => account !== identity.account);
  if (others.length === 0) return [];
  return [
    `The credentials are for account ${identity.account} (${identity.arn}), but ${environment} is in account ` +
      `${others.join(', ')}. Log in to that account, or choose another environment.`,
  ];
}

/**
 * What is wrong with the bootstrap of the places that the stacks go to.
 *
 * @param ssm values of SSM parameters by region, then by name.
 */
export function bootstrapProblems(
  stacks: readonly AssembledStack[],
  ssm: ReadonlyMap<string, ReadonlyMap<string, string>>,
): string[] {
  const problems = new Set<string>();
  for (const { account, region, bootstrap } of stacks) {
    if (!bootstrap) continue;
    const deployed = ssm.get(region)?.get(bootstrap.parameter);
    const command = `Run: npx cdk bootstrap aws://${account}/${region}`;
    if (deployed === undefined) {
      problems.add(
        `aws://${account}/${region} is not bootstrapped (no SSM parameter ${bootstrap.parameter}). ${command}`,
      );
    } else if (Number(deployed) < bootstrap.version) {
      problems.add(
        `aws://${account}/${region} has bootstrap version ${deployed}, but the app needs ${bootstrap.version}. ${command}`,
      );
    }
  }
  return [...problems];
}
