import { refersTo, resources, type Rule } from './rule';

/** The load balancer serves the internet. */
export const loadBalancerHasAWebAcl: Rule = (stacks) =>
  resources(stacks, 'AWS::ElasticLoadBalancingV2::LoadBalancer')
    .filter(
      ({ logicalId }) =>
        !resources(stacks, 'AWS::WAFv2::WebACLAssociation').some(({ Properties }) =>
          refersTo(Properties.ResourceArn, logicalId),
        ),
    )
    .map(({ at }) => at);
