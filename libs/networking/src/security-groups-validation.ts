import { isIPv6 } from 'node:net';
import { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { IPV4_BLOCK } from './address-patterns';
import type { SecurityGroupsProps } from './security-groups-props';

type ResolvedProps = Required<Omit<SecurityGroupsProps, 'vpc' | 'databaseProxy'>>;

/** @throws when a port is none or named twice, or a block is none, or of IPv6 without `dualStack`. */
export function validateSecurityGroups(scope: Construct, props: ResolvedProps): void {
  const validation = new PropsValidation(scope);
  const ports = (prop: string, values: number[]) => {
    for (const port of values) validation.inRange(prop, 1, 65535, port);
    validation.holds(
      new Set(values).size === values.length,
      `${prop} must not name a port twice, got ${values.join(', ')}`,
    );
  };
  ports('applicationPort and additionalPorts', [props.applicationPort, ...props.additionalPorts]);
  ports('databasePort', [props.databasePort]);
  ports('albPorts', props.albPorts);
  ports('egressPorts', props.egressPorts);
  validation.holds(props.albPorts.length > 0, 'albPorts must name 1 or more ports, got none');
  validation.holds(
    props.egressPorts.length > 0,
    'egressPorts must name 1 or more ports, got none; to allow no calls, leave egressCidrs empty',
  );
  validateBlocks(validation, 'albIngressCidrs', props.albIngressCidrs, props.dualStack);
  validateBlocks(validation, 'egressCidrs', props.egressCidrs, props.dualStack);
  for (const list of props.egressPrefixLists) {
    validation.matches('egressPrefixLists', 'pl-[0-9a-f]+', 'ids of prefix lists such as "pl-6da54004"', list);
  }
  validation.throwIfInvalid();
}

function validateBlocks(validation: PropsValidation, prop: string, cidrs: string[], dualStack: boolean) {
  for (const cidr of cidrs.filter((block) => !Token.isUnresolved(block))) {
    if (!isIpv6(cidr)) {
      validation.matches(prop, IPV4_BLOCK, 'IPv4 blocks such as "192.0.2.0/24"', cidr);
      continue;
    }
    validation.holds(
      isIpv6Block(cidr),
      `${prop} must be IPv6 blocks such as "2001:db8::/32" where they have a colon, got "${cidr}"`,
    );
    validation.holds(dualStack, `${prop} must not have IPv6 blocks without dualStack, got "${cidr}"`);
  }
}

function isIpv6Block(cidr: string): boolean {
  const length = /\/(\d{1,3})$/.exec(cidr);
  return length !== null && Number(length[1]) <= 128 && isIPv6(cidr.slice(0, length.index));
}

/** Whether a block is one of IPv6, rather than IPv4. */
export function isIpv6(cidr: string): boolean {
  return cidr.includes(':');
}
