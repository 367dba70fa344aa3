import { refersTo, resources, type Rule } from './rule';

/** ECS refuses a service whose target group has no listener (aws-cdk issue 34290). */
export const targetGroupsAreReached: Rule = (stacks) =>
  resources(stacks, 'AWS::ElasticLoadBalancingV2::TargetGroup')
    .filter(
      ({ logicalId }) =>
        !['Listener', 'ListenerRule']
          .flatMap((type) => resources(stacks, `AWS::ElasticLoadBalancingV2::${type}`))
          .some(({ Properties }) => refersTo(Properties.Actions ?? Properties.DefaultActions, logicalId)),
    )
    .map(({ at }) => at);
