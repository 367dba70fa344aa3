import { EC2Client, type IpPermission, paginateDescribeSecurityGroups, type SecurityGroup } from '@aws-sdk/client-ec2';
import type { Clients } from '../../live-state/aws-clients';
import type { ExportedRule, ExportedSecurityGroup } from '../environment-export';
import { resourcesOf, sortedBy, type SourceResource, type SourceStack } from '../source';

/** The security groups of stacks with all their rules, whoever made them. */
export async function readSecurityGroups(
  stacks: readonly SourceStack[],
  { config, watched }: Clients,
): Promise<ExportedSecurityGroup[]> {
  const wanted = resourcesOf(stacks, 'AWS::EC2::SecurityGroup');
  if (wanted.length === 0) return [];
  const client = watched(new EC2Client(config));
  // As a filter: asking for one by its id is an error when it is gone.
  const Filters = [{ Name: 'group-id', Values: wanted.map(({ physicalId }) => physicalId) }];
  const all: SecurityGroup[] = [];
  for await (const page of paginateDescribeSecurityGroups({ client }, { Filters })) {
    all.push(...(page.SecurityGroups ?? []));
  }
  return wanted.flatMap((resource) => {
    const found = all.find(({ GroupId }) => GroupId === resource.physicalId);
    return found ? [exportedSecurityGroup(resource, found)] : [];
  });
}

/** A security group as it is exported. */
export function exportedSecurityGroup(
  { stack, logicalId, region }: SourceResource,
  { GroupId, GroupName, Description, IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup,
): ExportedSecurityGroup {
  return {
    stack,
    logicalId,
    region,
    groupId: GroupId ?? '',
    groupName: GroupName ?? '',
    description: Description ?? '',
    rules: sortedBy(
      [
        ...IpPermissions.flatMap((permission) => rulesOf('ingress', permission)),
        ...IpPermissionsEgress.flatMap((permission) => rulesOf('egress', permission)),
      ],
      (rule) => JSON.stringify(rule),
    ),
  };
}

/** One permission allows something to several peers. */
function rulesOf(direction: ExportedRule['direction'], permission: IpPermission): ExportedRule[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  const peers = [
    ...IpRanges.map(({ CidrIp, Description }) => ({ peer: CidrIp, Description })),
    ...Ipv6Ranges.map(({ CidrIpv6, Description }) => ({ peer: CidrIpv6, Description })),
    ...PrefixListIds.map(({ PrefixListId, Description }) => ({ peer: PrefixListId, Description })),
    ...UserIdGroupPairs.map(({ GroupId, GroupName, Description }) => ({ peer: GroupId ?? GroupName, Description })),
  ];
  return peers.map(({ peer = '', Description = '' }) => ({
    direction,
    protocol: permission.IpProtocol ?? '',
    ports: portsOf(permission),
    peer,
    description: Description,
  }));
}

function portsOf({ IpProtocol, FromPort, ToPort }: IpPermission): string {
  if (IpProtocol === '-1' || FromPort === undefined) return 'all';
  return ToPort === undefined || FromPort === ToPort ? String(FromPort) : `${FromPort}-${ToPort}`;
}
