import { resources, type Rule } from './rule';

/** What has a fixed name cannot be replaced: the new one comes before the old one goes. */
export const targetGroupsAndSecurityGroupsHaveNoNames: Rule = (stacks) =>
  [
    ...resources(stacks, 'AWS::ElasticLoadBalancingV2::TargetGroup').filter(({ Properties }) => Properties.Name),
    ...resources(stacks, 'AWS::EC2::SecurityGroup').filter(({ Properties }) => Properties.GroupName),
  ].map(({ at }) => at);
