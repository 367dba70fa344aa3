import { resources, type Rule } from './rule';

/** Where there is a certificate, HTTP does nothing but redirect to HTTPS. */
export const plainHttpIsRedirected: Rule = (stacks, { loadBalancer: { ssl } }) =>
  resources(stacks, 'AWS::ElasticLoadBalancingV2::Listener')
    .filter(
      ({ Properties }) =>
        ssl?.enabled && Properties.Protocol === 'HTTP' && Properties.DefaultActions[0].Type !== 'redirect',
    )
    .map(({ at }) => at);
