import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { checkEach, Untrue } from '../check';

/** Every target group has a target, and none that is not healthy. Targets that leave are left out. */
export const targetsAreHealthy = checkEach({
  name: 'target groups have healthy targets',
  topic: 'health',
  reliesOn: 'targetHealth',
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  look: async ({ physicalId, stack }, aws) => {
    const client = await aws.reader(ElasticLoadBalancingV2Client, stack.place);
    const { TargetHealthDescriptions = [] } = await client.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: physicalId }),
    );
    const states = TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
      target: `${Target?.Id}:${Target?.Port}`,
      state: TargetHealth?.State,
      reason: TargetHealth?.Description ?? TargetHealth?.Reason ?? '',
    })).filter(({ state }) => state !== 'draining');
    const ill = states.filter(({ state }) => state !== 'healthy');
    if (states.length === 0) throw new Untrue('it has no target');
    if (ill.length > 0) {
      throw new Untrue(ill.map(({ target, state, reason }) => `${target} is ${state} (${reason})`).join('; '));
    }
    return `${states.length} healthy`;
  },
});
