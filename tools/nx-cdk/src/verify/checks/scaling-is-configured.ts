import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  type ServiceNamespace,
} from '@aws-sdk/client-application-auto-scaling';
import { type Check, checkEach, Untrue } from '../check';

/** Scalable targets are registered with the bounds that the template says. */
export const scalableTargetsExist: Check = checkEach({
  name: 'autoscaling targets exist with their bounds',
  topic: 'resources',
  type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  look: async ({ stack, properties, value }, aws) => {
    const client = await aws.reader(ApplicationAutoScalingClient, stack.place);
    const id = value(properties['ResourceId']) ?? '';
    const { ScalableTargets = [] } = await client.send(
      new DescribeScalableTargetsCommand({
        ServiceNamespace: value(properties['ServiceNamespace']) as ServiceNamespace,
        ResourceIds: [id],
      }),
    );
    const [found] = ScalableTargets;
    if (!found) throw new Untrue(`${id} is not registered`);
    const wanted = `${value(properties['MinCapacity'])} to ${value(properties['MaxCapacity'])}`;
    const actual = `${found.MinCapacity} to ${found.MaxCapacity}`;
    if (actual !== wanted) throw new Untrue(`${id} scales from ${actual} instead of ${wanted}`);
    return `${id}, ${actual}`;
  },
});

/** Scaling policies exist. */
export const scalingPoliciesExist: Check = checkEach({
  name: 'autoscaling policies exist',
  topic: 'resources',
  type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  look: async ({ physicalId, stack, properties, value }, aws) => {
    const client = await aws.reader(ApplicationAutoScalingClient, stack.place);
    const name = value(properties['PolicyName']) ?? '';
    // arn:aws:autoscaling:<region>:<account>:scalingPolicy:<id>:resource/<namespace>/<resource>:policyName/<name>
    const namespace = value(properties['ServiceNamespace']) ?? /:resource\/(\w+)\//.exec(physicalId)?.[1] ?? 'ecs';
    const { ScalingPolicies = [] } = await client.send(
      new DescribeScalingPoliciesCommand({ ServiceNamespace: namespace as ServiceNamespace, PolicyNames: [name] }),
    );
    const found = ScalingPolicies.find(({ PolicyARN }) => PolicyARN === physicalId);
    if (!found) throw new Untrue(`${name} does not exist`);
    return `${found.PolicyType} of ${found.ResourceId}`;
  },
});
