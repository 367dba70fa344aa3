import { PropsValidation } from '@v3-backend/core';
import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { IPV4_ADDRESS, IPV4_VPC_BLOCK } from './address-patterns';
import type { DhcpOptions } from './dhcp-options';
import type { NetworkProps } from './network-props';
import { TIERS } from './subnet-layout';

/** A load balancer needs a subnet of /27 or larger. */
const SMALLEST_SUBNET_ADDRESSES = 32;
/** The most zones that a region has. */
const MAX_ZONES = 6;

/** The name of a zone, also of a local zone such as `us-west-2-lax-1a`. */
const ZONE = '[a-z]{2}(-[a-z]+)+-\\d+(-[a-z]+-\\d+)?[a-z]';

/** A network's props, with what their defaults are made of. */
interface ResolvedNetwork {
  readonly props: NetworkProps;
  readonly cidr: string;
  readonly zones: string[];
  readonly plannedZones: number;
}

/** @throws when props of a network are none that AWS accepts, or contradict each other. */
export function validateNetwork(scope: Construct, network: ResolvedNetwork): void {
  const { props, cidr, zones, plannedZones } = network;
  const validation = new PropsValidation(scope);
  validation.matches('cidr', IPV4_VPC_BLOCK, 'an IPv4 block of /16 to /28, e.g. "10.0.0.0/16"', cidr);
  validation.holds(
    props.cidr === undefined || props.ipam === undefined,
    `only one of cidr and ipam can be given, got cidr ${props.cidr} and pool ${props.ipam?.poolId}`,
  );
  validation.matches('ipam.poolId', 'ipam-pool-[0-9a-f]+', 'the id of a pool, "ipam-pool-…"', props.ipam?.poolId);
  validation.inRange('ipam.netmaskLength', 16, 28, props.ipam?.netmaskLength);
  validateZones(validation, scope, zones);
  validation.inRange('plannedZones', Math.min(zones.length, MAX_ZONES), MAX_ZONES, plannedZones);
  validateRoom(validation, network);
  validateDhcpOptions(validation, props.dhcpOptions);
  validation.throwIfInvalid();
}

function validateZones(validation: PropsValidation, scope: Construct, zones: string[]): void {
  validation.inRange('the number of availabilityZones', 2, MAX_ZONES, zones.length);
  validation.holds(
    new Set(zones).size === zones.length,
    `availabilityZones must not name a zone twice, got ${zones.join(', ')}`,
  );
  for (const zone of zones) {
    validation.matches('availabilityZones', ZONE, 'names of zones such as "eu-west-1a"', zone);
  }
  const { region } = Stack.of(scope);
  const elsewhere = zones.filter((zone) => !Token.isUnresolved(zone) && !zone.startsWith(region));
  validation.holds(
    Token.isUnresolved(region) || elsewhere.length === 0,
    `availabilityZones must be in the stack's region ${region}, got ${elsewhere.join(', ')}`,
  );
}

function validateRoom(validation: PropsValidation, { props, cidr, plannedZones }: ResolvedNetwork): void {
  const netmaskLength = props.ipam?.netmaskLength ?? Number(cidr.split('/')[1]);
  const subnets = TIERS * plannedZones;
  validation.holds(
    !(2 ** (32 - netmaskLength) / subnets < SMALLEST_SUBNET_ADDRESSES),
    `${props.ipam ? 'ipam' : 'cidr'} must have room for ${subnets} subnets of /27 (${TIERS} tiers in ${plannedZones} ` +
      `zones), got ${props.ipam ? `/${netmaskLength}` : cidr}; use a larger block`,
  );
}

function validateDhcpOptions(validation: PropsValidation, options: DhcpOptions = {}): void {
  const { domainNameServers, ntpServers } = options;
  validation.inRange('the number of dhcpOptions.domainNameServers', 1, 4, domainNameServers?.length);
  validation.inRange('the number of dhcpOptions.ntpServers', 1, 4, ntpServers?.length);
  const address = (prop: string, value: string) =>
    validation.matches(prop, IPV4_ADDRESS, 'IPv4 addresses, e.g. "10.0.0.2"', value);
  if (domainNameServers?.join() !== 'AmazonProvidedDNS') {
    for (const server of domainNameServers ?? []) address('dhcpOptions.domainNameServers', server);
  }
  for (const server of ntpServers ?? []) address('dhcpOptions.ntpServers', server);
}
