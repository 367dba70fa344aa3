import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Endpoint } from '../engine/endpoint';
import type { RequestCheck } from './app-checks';
import type { Aws } from './aws';
import { type Check, findEach, Untrue } from './check';
import type { DeployedApp, DeployedResource } from './deployed-app';
import type { Ask } from './http';

/** What a load balancer's own name is at the endpoint, where it is not to be found by DNS. */
export type LoadBalancerUrl = NonNullable<Endpoint['loadBalancerUrl']>;

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

/** A check for a request that an app wants answered, by each of its load balancers. */
export function requestCheck(request: RequestCheck, ask: Ask, loadBalancerUrl?: LoadBalancerUrl): Check {
  const { name, path, method, status, location, reliesOn } = request;
  return {
    name,
    topic: 'health',
    reliesOn,
    subjects: (app) => {
      const answered = reliesOn !== 'containers' || app.resources('AWS::ECS::Service').length > 0;
      return answered ? app.resources('AWS::ElasticLoadBalancingV2::LoadBalancer') : [];
    },
    run: (loadBalancers, app, aws) =>
      findEach(loadBalancers, async (loadBalancer) => {
        const { protocol, port } = listenerOf(request, loadBalancer, app);
        const dnsName = await dnsNameOf(loadBalancer, aws);
        const host = request.host ?? dnsName;
        const shown = `${method} ${protocol}://${host}${path}`;
        const base = loadBalancerUrl?.(nameOf(loadBalancer)) ?? `${protocol}://${dnsName}:${port}`;
        const question = { url: `${base}${path}`, method, host: `${host}:${port}` };
        const answer = await ask(question).catch((error: unknown) => {
          throw new Untrue(`${shown} is not answered: ${error instanceof Error ? error.message : String(error)}`);
        });
        const seen = `${shown} answers ${answer.status}${answer.location === undefined ? '' : `, to ${answer.location}`}`;
        if (answer.status !== status) throw new Untrue(`${seen} instead of ${status}`);
        if (location !== undefined && !answer.location?.includes(location)) {
          throw new Untrue(`${seen} instead of a location with ${location}`);
        }
        return seen;
      }),
  };
}

function listenerOf(
  { protocol }: RequestCheck,
  loadBalancer: DeployedResource,
  app: DeployedApp,
): { readonly protocol: string; readonly port: number } {
  const listeners = app
    .resources(LISTENER)
    .filter(({ properties, value }) => value(properties['LoadBalancerArn']) === loadBalancer.physicalId)
    .map(({ properties, value }) => ({
      protocol: (value(properties['Protocol']) ?? '').toLowerCase(),
      port: Number(value(properties['Port'])),
    }));
  const wanted = protocol ?? (listeners.some((listener) => listener.protocol === 'https') ? 'https' : 'http');
  const found = listeners.find((listener) => listener.protocol === wanted);
  if (!found) throw new Untrue(`it has no listener for ${wanted}`);
  return found;
}

async function dnsNameOf({ physicalId, stack }: DeployedResource, aws: Aws): Promise<string> {
  const client = await aws.reader(ElasticLoadBalancingV2Client, stack.place);
  const { LoadBalancers = [] } = await client.send(
    new DescribeLoadBalancersCommand({ LoadBalancerArns: [physicalId] }),
  );
  return LoadBalancers[0]?.DNSName ?? '';
}

/** arn:aws:elasticloadbalancing:<region>:<account>:loadbalancer/app/<name>/<id> */
const nameOf = ({ physicalId }: DeployedResource) => physicalId.split('/').at(-2) ?? '';
