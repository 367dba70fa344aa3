import { resources, type Rule } from './rule';

/** Malformed headers are how requests are smuggled past a load balancer. */
export const loadBalancerDropsMalformedHeaders: Rule = (stacks) =>
  resources(stacks, 'AWS::ElasticLoadBalancingV2::LoadBalancer')
    .filter(
      ({ Properties }) =>
        !Properties.LoadBalancerAttributes.some(
          ({ Key, Value }: { Key: string; Value: string }) =>
            Key === 'routing.http.drop_invalid_header_fields.enabled' && Value === 'true',
        ),
    )
    .map(({ at }) => at);
