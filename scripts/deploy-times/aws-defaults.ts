import type { TemplateResource } from '../../tools/nx-cdk/src/assembly/template';
import type { StackGraph } from '../../tools/nx-cdk/src/stack-graph/stack-graph';

const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** The stacks as they would be if nobody had set what decides how long the tasks of a service take to be replaced. */
export function awsDefaults(graph: StackGraph): StackGraph {
  const nodes = graph.nodes.map((node) => {
    const { template } = node.stack;
    const resources = Object.entries(template.Resources ?? {}).map(([id, resource]) => [id, withoutSettings(resource)]);
    const Resources = Object.fromEntries(resources) as Record<string, TemplateResource>;
    return { ...node, stack: { ...node.stack, template: { ...template, Resources } } };
  });
  return { ...graph, nodes };
}

function withoutSettings(resource: TemplateResource): TemplateResource {
  const { Type, Properties = {} } = resource;
  if (Type === GROUP) {
    const { TargetGroupAttributes: _attributes, HealthCheckIntervalSeconds: _interval, ...rest } = Properties;
    return { ...resource, Properties: rest };
  }
  if (Type !== 'AWS::ECS::TaskDefinition') return resource;
  const containers = (Properties['ContainerDefinitions'] as Record<string, unknown>[]).map(
    ({ StopTimeout: _timeout, ...container }) => container,
  );
  return { ...resource, Properties: { ...Properties, ContainerDefinitions: containers } };
}
