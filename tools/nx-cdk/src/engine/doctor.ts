import { join } from 'node:path';
import { assemblyProblems } from '../assembly/assembly';
import { readAssembly } from '../assembly/read-assembly';
import { AwsFacts } from '../doctor/aws-facts';
import { bootstrapUses } from '../doctor/bootstrap-use';
import { CHECKS } from '../doctor/checks';
import { type Diagnosis, examine } from '../doctor/diagnosis';
import type { Facts } from '../doctor/facts';
import { ClientCache } from '../live-state/aws-clients';
import type { Place } from '../live-state/live-state';
import { assemblyDirectory } from '../plugin/targets';
import { buildStackGraph, type StackGraph } from '../stack-graph/stack-graph';
import { recordKey } from './environment-records';
import type { Endpoint } from './endpoint';
import { placeOf } from './read-state';
import { refuseOn } from './refusal';
import type { RunParts, RunRequest } from './request';

/** How the doctor reaches the outside world. */
export interface DoctorParts extends Pick<RunParts, 'connect' | 'liveState' | 'records'> {
  /** What was started for the environment; undefined where it is in AWS. */
  readonly endpoint: () => Pick<Endpoint, 'url'> | undefined;
}

/**
 * Looks for what would stop a deploy, or make it fail half-way, and says what helps. Changes nothing.
 *
 * @throws Refusal when the options or the assembly are wrong.
 */
export async function doctor(request: RunRequest<unknown>, parts: DoctorParts): Promise<Diagnosis> {
  const { app, environment, workspaceRoot } = request;
  const assembly = readAssembly(join(workspaceRoot, assemblyDirectory(environment)));
  refuseOn([...request.optionProblems, ...assemblyProblems(assembly)]);
  const { stacks } = assembly;
  const graph = buildStackGraph(assembly, app, environment);
  await parts.connect();
  const endpoint = parts.endpoint()?.url ?? null;
  const bootstraps = bootstrapUses(stacks);
  const patient = { workspaceRoot, app, environment, graph, stacks, bootstraps, facts: factsOf(request, graph, parts) };
  return examine(CHECKS, patient, { environment, endpoint });
}

function factsOf({ app, environment }: RunRequest<unknown>, graph: StackGraph, parts: DoctorParts): Facts {
  const { liveState, records } = parts;
  const region = graph.nodes[0]?.stack.region ?? '';
  const placeIn = (wanted: string): Place => {
    const node = graph.nodes.find(({ stack }) => stack.region === wanted);
    return node ? placeOf(node) : { region: wanted };
  };
  const account = new AwsFacts(new ClientCache(), placeIn);
  let identity: ReturnType<Facts['identity']> | undefined;
  return {
    identity: () => (identity ??= liveState.identity(region)),
    deployed: async () => {
      const found = await Promise.all(
        graph.nodes.map(async (node) => ({
          id: node.stack.id,
          stack: await liveState.stack(node.stack.stackName, placeOf(node)),
        })),
      );
      return new Set(found.filter(({ stack }) => stack !== undefined).map(({ id }) => id));
    },
    parameter: async (where, name) => (await liveState.ssmValues([name], placeIn(where))).get(name),
    lock: () => records.read(recordKey(app, environment, 'lock', region)),
    nameServersOf: async (node, logicalId) => {
      if ((await liveState.stack(node.stack.stackName, placeOf(node))) === undefined) return undefined;
      const resources = await liveState.resources(node.stack.stackName, placeOf(node));
      const id = resources.find((resource) => resource.logicalId === logicalId)?.physicalId;
      return id === undefined ? undefined : liveState.nameServers(id, placeOf(node));
    },
    bucket: (...asked) => account.bucket(...asked),
    mayAssume: (...asked) => account.mayAssume(...asked),
    trustOf: (...asked) => account.trustOf(...asked),
    audiencesOf: (...asked) => account.audiencesOf(...asked),
    count: (...asked) => account.count(...asked),
    quota: (...asked) => account.quota(...asked),
  };
}
