import type { StackGraph, StackNode } from '../../tools/nx-cdk/src/stack-graph/stack-graph';
import type { TimedChange } from '../../tools/nx-cdk/src/duration/stack-duration';

/** A change of the backend whose duration is compared between the layouts. */
export interface Scenario {
  readonly name: string;
  /** What happens to a resource; undefined leaves it as it is. */
  readonly change: (type: string, logicalId: string) => TimedChange['change'] | undefined;
}

export const SCENARIOS: readonly Scenario[] = [
  { name: 'first deploy', change: () => 'add' },
  { name: 'compute only: the services', change: replacesTasks },
  { name: 'compute only: a new image, its migration first', change: replacesImage },
  { name: 'load balancer only: a listener rule', change: (type) => only(type, LISTENER_RULE, 'update') },
  { name: 'database only: a setting of the instance', change: (type) => only(type, 'AWS::RDS::DBInstance', 'update') },
];

/** Settings of the API, the worker and the scheduler: what the migration runs stays as it is. */
function replacesTasks(type: string, logicalId: string): TimedChange['change'] | undefined {
  return /migration/i.test(logicalId) ? undefined : replacesImage(type);
}

function replacesImage(type: string): TimedChange['change'] | undefined {
  return only(type, 'AWS::ECS::TaskDefinition', 'replace');
}

const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

const only = (type: string, wanted: string, change: TimedChange['change']) => (type === wanted ? change : undefined);

/** A stack in which something changes. */
export interface ChangedStack {
  readonly node: StackNode;
  readonly changes: readonly TimedChange[];
}

/** The stacks that a scenario ships, with what changes in each. */
export function changedStacks({ nodes }: StackGraph, { change }: Scenario): ChangedStack[] {
  return nodes
    .map((node) => ({
      node,
      changes: Object.entries(node.stack.template.Resources ?? {}).flatMap(([logicalId, { Type: type }]) => {
        const what = change(type, logicalId);
        return what === undefined ? [] : [{ logicalId, type, change: what }];
      }),
    }))
    .filter(({ changes }) => changes.length > 0);
}
