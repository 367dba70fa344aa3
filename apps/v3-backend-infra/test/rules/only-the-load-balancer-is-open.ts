import { resources, type Rule } from './rule';

/** Every other group admits groups, and no addresses. */
export const onlyTheLoadBalancerIsOpen: Rule = (stacks) =>
  [
    ...resources(stacks, 'AWS::EC2::SecurityGroup').flatMap(({ at, Properties }) =>
      (Properties.SecurityGroupIngress ?? []).map((ingress: object) => ({ at, ingress })),
    ),
    ...resources(stacks, 'AWS::EC2::SecurityGroupIngress').map(({ at, Properties }) => ({ at, ingress: Properties })),
  ]
    .filter(({ at, ingress }) => (ingress.CidrIp ?? ingress.CidrIpv6) && !at.startsWith('security/SecurityGroupsAlb'))
    .map(({ at }) => at);
