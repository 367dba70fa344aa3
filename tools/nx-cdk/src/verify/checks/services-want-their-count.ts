import { checkEach, Untrue } from '../check';
import type { DeployedApp, DeployedResource } from '../deployed-app';
import { serviceOf } from '../services';

/** The desired count of a service is the template's, or within the bounds of its autoscaling. */
export const servicesWantTheirCount = checkEach({
  name: 'services want the count of tasks that they were deployed with',
  topic: 'health',
  type: 'AWS::ECS::Service',
  look: async (service, aws, app) => {
    const { desiredCount = 0 } = await serviceOf(service, aws);
    const bounds = boundsOf(service, app);
    const [least, most] = bounds ?? [1, Number.MAX_SAFE_INTEGER];
    const wanted = least === most ? String(least) : bounds ? `${least} to ${most}` : 'at least 1';
    if (desiredCount < least || desiredCount > most) throw new Untrue(`it wants ${desiredCount} instead of ${wanted}`);
    return `wants ${desiredCount}, deployed with ${wanted}`;
  },
});

/** Least and most tasks; undefined where neither the template nor an autoscaling says. */
function boundsOf(service: DeployedResource, app: DeployedApp): readonly [number, number] | undefined {
  const id = service.physicalId.split(':service/')[1];
  const target = app
    .resources('AWS::ApplicationAutoScaling::ScalableTarget')
    .find(({ properties, value }) => value(properties['ResourceId']) === `service/${id}`);
  const number = (resource: DeployedResource, property: string) =>
    Number(resource.value(resource.properties[property]) ?? Number.NaN);
  if (target) return [number(target, 'MinCapacity'), number(target, 'MaxCapacity')];
  const count = number(service, 'DesiredCount');
  return Number.isNaN(count) ? undefined : [count, count];
}
