import { ssmParametersOf, stackOutputsReadBy } from '../assembly/template';
import type { DeployedStack, LiveState, Place } from '../live-state/live-state';
import { droppedExports } from '../plan/exports-in-use';
import { regional } from '../plan/needs';
import type { PlanInput } from '../plan/plan';
import type { StackNode } from '../stack-graph/stack-graph';

/** The deployed state of an app. `ssm` has the parameters that tell bootstrap versions, too. */
export type AppState = Pick<PlanInput, 'deployed' | 'ssm' | 'available' | 'importers' | 'lastUpdated'>;

type Deployed = ReadonlyMap<string, DeployedStack | undefined>;

/** Where to look for a stack. */
export const placeOf = ({ stack }: StackNode): Place => ({ region: stack.region, lookupRoleArn: stack.lookupRoleArn });

/** Reads the deployed state of stacks, as far as possible all at once, and of those whose outputs they read. */
export async function readAppState(liveState: LiveState, nodes: readonly StackNode[]): Promise<AppState> {
  const [stacks, ssm] = await Promise.all([readStacks(liveState, nodes), readSsm(liveState, nodes)]);
  const deployed = new Map(nodes.map((node, index) => [node.stack.id, stacks[index]]));
  const [importers, producers] = await Promise.all([
    readImporters(liveState, nodes, deployed),
    readProducers(liveState, nodes, deployed),
  ]);
  const published = nodes.flatMap(({ stack: { id, region } }) =>
    (deployed.get(id)?.exports ?? []).map((name) => regional(region, name)),
  );
  return {
    deployed,
    ssm,
    importers,
    lastUpdated: new Map([...producers].map(([key, { lastUpdated }]) => [key, lastUpdated])),
    available: {
      ssm: new Set([...ssm].flatMap(([region, values]) => [...values.keys()].map((name) => regional(region, name)))),
      exports: new Set(published),
      outputs: new Set(
        [...producers].flatMap(([key, { outputs }]) => Object.keys(outputs).map((output) => `${key}.${output}`)),
      ),
    },
  };
}

function readStacks(liveState: LiveState, nodes: readonly StackNode[]): Promise<(DeployedStack | undefined)[]> {
  return Promise.all(nodes.map((node) => liveState.stack(node.stack.stackName, placeOf(node))));
}

async function readSsm(liveState: LiveState, nodes: readonly StackNode[]): Promise<Map<string, Map<string, string>>> {
  const regions = [...new Set(nodes.map(({ stack }) => stack.region))];
  const read = regions.map(async (region) => {
    const inRegion = nodes.filter(({ stack }) => stack.region === region);
    const names = inRegion.flatMap(({ stack: { template, bootstrap } }) => [
      ...ssmParametersOf(template).values(),
      ...(bootstrap ? [bootstrap.parameter] : []),
    ]);
    const place = placeOf(inRegion[0] as StackNode);
    return [region, await liveState.ssmValues(names, place)] as const;
  });
  return new Map(await Promise.all(read));
}

/** Who imports the exports that would go. */
async function readImporters(
  liveState: LiveState,
  nodes: readonly StackNode[],
  deployed: Deployed,
): Promise<Map<string, string[]>> {
  const read = nodes.flatMap((node) =>
    droppedExports(node, deployed.get(node.stack.id)).map(
      async (name) =>
        [regional(node.stack.region, name), await liveState.importers(name, placeOf(node))] as [string, string[]],
    ),
  );
  return new Map(await Promise.all(read));
}

/** The deployed stacks whose outputs are read, by region and name; they need not be part of the app. */
async function readProducers(
  liveState: LiveState,
  nodes: readonly StackNode[],
  deployed: Deployed,
): Promise<Map<string, DeployedStack>> {
  const wanted = new Map(
    nodes.flatMap((node) =>
      stackOutputsReadBy(node.stack.template).map(({ stackName, region = node.stack.region }) => {
        const place = region === node.stack.region ? placeOf(node) : { region };
        return [regional(region, stackName), { stackName, place }] as const;
      }),
    ),
  );
  const read = [...wanted].map(async ([key, { stackName, place }]) => {
    const own = nodes.find(({ stack }) => stack.stackName === stackName && stack.region === place.region);
    const stack = own ? deployed.get(own.stack.id) : await liveState.stack(stackName, place);
    return stack ? ([[key, stack]] as const) : [];
  });
  return new Map((await Promise.all(read)).flat());
}
