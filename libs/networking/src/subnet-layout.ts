import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Address space is set aside for this many zones, unless told otherwise. */
const PLANNED_ZONES = 3;

/** The subnets of each zone, in the order in which addresses are given to them. */
export const SUBNETS: ec2.SubnetConfiguration[] = [
  { name: 'public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
  // The same type with and without NAT, so that another strategy changes routes and never moves a subnet.
  { name: 'private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
  { name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
];

/** How many tiers of subnets there are. */
export const TIERS = SUBNETS.length;

/** For how many zones address space is set aside where nobody says it. */
export function defaultPlannedZones(zones: number): number {
  return Math.max(zones, PLANNED_ZONES);
}

/** The netmask of equal subnets, as many as fit the tiers of so many zones, in a block of a netmask. */
export function subnetNetmaskLength(netmaskLength: number, plannedZones: number): number {
  return netmaskLength + Math.ceil(Math.log2(TIERS * plannedZones));
}
