import type { AppModel } from '../config/app-model';
import type { DeployedStack, LiveState } from '../live-state/live-state';
import { removedStacks, tellsOwnership } from '../plan/removed-stacks';
import { type StackGraph, type StackNode, stackNameOf } from '../stack-graph/stack-graph';
import type { DeployedNode } from './deployed-node';
import { placeOf } from './read-state';

/** The stacks that are deployed and named like the app's, but are no longer part of it, in the regions of the app. */
export async function findRemovedStacks(
  app: AppModel,
  environment: string,
  graph: StackGraph,
  liveState: LiveState,
): Promise<DeployedNode[]> {
  const ownership = {
    pattern: app.config.stackName,
    environment,
    environments: Object.values(app.config.environments).map((entry) => entry.environment),
  };
  if (!tellsOwnership(ownership.pattern)) return [];
  // Each region's first stack says how to read there.
  const samples = new Map([...graph.nodes].reverse().map((node) => [node.stack.region, node]));
  const projects = new Map(app.stackProjects.map((one) => [stackNameOf(app, environment, one.stack), one.project]));
  const found = [...samples].map(async ([region, sample]) => {
    const own = graph.nodes.filter(({ stack }) => stack.region === region).map(({ stack }) => stack.stackName);
    const names = removedStacks(ownership, await liveState.stackNames(placeOf(sample)), new Set(own));
    const stacks = await Promise.all(
      names.map(async (name) => ({ name, deployed: await liveState.stack(name, placeOf(sample)) })),
    );
    return stacks.flatMap(({ name, deployed }) =>
      deployed && isOfAnApp(deployed)
        ? [{ node: removedNode(name, projects.get(name), deployed, sample), deployed, isRemoved: true }]
        : [],
    );
  });
  return (await Promise.all(found)).flat();
}

/** A bootstrap may be named like the app. CDK deploys the stacks of an app as JSON; what has no template is empty. */
function isOfAnApp({ template, status }: DeployedStack): boolean {
  return status === 'REVIEW_IN_PROGRESS' || (template !== undefined && !template.Resources?.['CdkBootstrapVersion']);
}

function removedNode(
  stackName: string,
  project: string | undefined,
  { template = {}, tags, terminationProtection }: DeployedStack,
  { stack: { account, region, lookupRoleArn, deployRoleArn } }: StackNode,
): StackNode {
  return {
    name: stackName,
    project,
    stack: {
      id: `${region} ${stackName}`,
      hierarchicalId: stackName,
      stackName,
      account,
      region,
      template,
      templateFile: '',
      tags,
      terminationProtection,
      dependencies: [],
      lookupRoleArn,
      deployRoleArn,
    },
  };
}
