import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { checkEach, unlessMissing, Untrue } from '../check';

/** Load balancers exist and take requests. */
export const loadBalancersAreActive = checkEach({
  name: 'load balancers are active',
  topic: 'health',
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  look: async ({ physicalId, stack }, aws) => {
    const client = await aws.reader(ElasticLoadBalancingV2Client, stack.place);
    const answer = await unlessMissing(
      client.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [physicalId] })),
      'LoadBalancerNotFoundException',
    );
    const found = answer?.LoadBalancers?.[0];
    if (!found) throw new Untrue('it does not exist');
    const { Code: state, Reason: reason } = found.State ?? {};
    if (state !== 'active') throw new Untrue(`its state is ${state}${reason === undefined ? '' : `: ${reason}`}`);
    return `active, ${found.DNSName}`;
  },
});
