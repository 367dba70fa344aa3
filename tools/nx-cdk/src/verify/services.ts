import { DescribeServicesCommand, ECSClient, type Service } from '@aws-sdk/client-ecs';
import type { Aws } from './aws';
import { Untrue } from './check';
import type { DeployedResource } from './deployed-app';

/**
 * The ECS service of a resource.
 *
 * @throws Untrue when there is none, or it is being deleted.
 */
export async function serviceOf({ physicalId, stack }: DeployedResource, aws: Aws): Promise<Service> {
  const client = await aws.reader(ECSClient, stack.place);
  // arn:aws:ecs:<region>:<account>:service/<cluster>/<name>
  const cluster = physicalId.split('/').at(-2);
  const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: [physicalId] }));
  const [found] = services;
  if (!found) throw new Untrue('it does not exist');
  if (found.status !== 'ACTIVE') throw new Untrue(`its status is ${found.status}`);
  return found;
}
