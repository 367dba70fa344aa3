import { ssmParametersOf } from '../assembly/template';
import type { DeployedStack, LiveState, Place } from '../live-state/live-state';
import { type Available, regional } from '../plan/needs';
import type { StackNode } from '../stack-graph/stack-graph';

/** The deployed state of an app. */
export interface AppState {
  /** By stack id. */
  readonly deployed: ReadonlyMap<string, DeployedStack | undefined>;
  /** SSM parameters that the stacks read and those that tell bootstrap versions, by region, then by name. */
  readonly ssm: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly available: Available;
}

/** Where to look for a stack. */
export const placeOf = ({ stack }: StackNode): Place => ({ region: stack.region, lookupRoleArn: stack.lookupRoleArn });

/** Reads the deployed state of all stacks, all at once. */
export async function readAppState(liveState: LiveState, nodes: readonly StackNode[]): Promise<AppState> {
  const [deployed, ssm] = await Promise.all([
    Promise.all(
      nodes.map(async (node) => [node.stack.id, await liveState.stack(node.stack.stackName, placeOf(node))] as const),
    ),
    readSsm(liveState, nodes),
  ]);
  const regionOf = new Map(nodes.map(({ stack }) => [stack.id, stack.region]));
  return {
    deployed: new Map(deployed),
    ssm,
    available: {
      ssm: new Set([...ssm].flatMap(([region, values]) => [...values.keys()].map((name) => regional(region, name)))),
      exports: new Set(
        deployed.flatMap(([id, stack]) => (stack?.exports ?? []).map((name) => regional(regionOf.get(id) ?? '', name))),
      ),
    },
  };
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
