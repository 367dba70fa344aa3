import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Check, checkEach, Untrue } from '../check';
import type { DeployedApp } from '../deployed-app';

const each = checkEach({
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

/**
 * Every target group that a deployed service registers its tasks with has a target, and none that is not healthy. Targets that
 * leave do not count.
 */
export const targetsAreHealthy: Check = {
  ...each,
  subjects: (app) => {
    const used = usedBy(app);
    return each.subjects(app).filter(({ physicalId }) => used.has(physicalId));
  },
};

/** ARNs of the target groups of the deployed services. */
function usedBy(app: DeployedApp): Set<string | undefined> {
  return new Set(
    app.resources('AWS::ECS::Service').flatMap(({ properties, value }) => {
      const loadBalancers = (properties['LoadBalancers'] ?? []) as readonly { readonly TargetGroupArn?: unknown }[];
      return loadBalancers.map(({ TargetGroupArn }) => value(TargetGroupArn));
    }),
  );
}
