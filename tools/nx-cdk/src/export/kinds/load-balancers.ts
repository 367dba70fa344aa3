import {
  ElasticLoadBalancingV2Client,
  type LoadBalancer,
  paginateDescribeLoadBalancers,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Clients } from '../../live-state/aws-clients';
import type { ExportedLoadBalancer } from '../environment-export';
import { resourcesOf, type SourceResource, type SourceStack } from '../source';

/** The load balancers of stacks, with the names that clients use. */
export async function readLoadBalancers(
  stacks: readonly SourceStack[],
  { config, watched }: Clients,
): Promise<ExportedLoadBalancer[]> {
  const wanted = resourcesOf(stacks, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  if (wanted.length === 0) return [];
  const client = watched(new ElasticLoadBalancingV2Client(config));
  const all: LoadBalancer[] = [];
  // All of the region: asking for one by its ARN is an error when it is gone.
  for await (const page of paginateDescribeLoadBalancers({ client }, {})) all.push(...(page.LoadBalancers ?? []));
  return wanted.flatMap((resource) => {
    const found = all.find(({ LoadBalancerArn }) => LoadBalancerArn === resource.physicalId);
    return found ? [exportedLoadBalancer(resource, found)] : [];
  });
}

/** A load balancer as it is exported. */
export function exportedLoadBalancer(
  { stack, logicalId, region }: SourceResource,
  { LoadBalancerName, LoadBalancerArn, DNSName, CanonicalHostedZoneId, Scheme }: LoadBalancer,
): ExportedLoadBalancer {
  return {
    stack,
    logicalId,
    region,
    name: LoadBalancerName ?? '',
    arn: LoadBalancerArn ?? '',
    dnsName: DNSName ?? '',
    hostedZoneId: CanonicalHostedZoneId ?? '',
    scheme: Scheme ?? '',
  };
}
