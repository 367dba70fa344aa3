import { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isIP } from 'node:net';
import { IPV4_BLOCK } from './address-patterns';
import type { SecurityGroupsProps } from './security-groups-props';

/** The rules of a group that AWS allows by default, for IPv4 and for IPv6 each. */
const MAX_RULES = 60;

type ResolvedProps = Required<Omit<SecurityGroupsProps, 'vpc' | 'databaseProxy'>>;

/** @throws when a port is none, a block is none or of a protocol that the VPC does not have, or rules are too many. */
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
  validateBlocks(validation, 'albIngressCidrs', props.albIngressCidrs, props.albPorts.length, props.dualStack);
  validateBlocks(validation, 'egressCidrs', props.egressCidrs, props.egressPorts.length, props.dualStack);
  for (const list of props.egressPrefixLists) {
    validation.matches('egressPrefixLists', 'pl-[0-9a-f]+', 'ids of prefix lists such as "pl-6da54004"', list);
  }
  validation.throwIfInvalid();
}

function validateBlocks(validation: PropsValidation, prop: string, cidrs: string[], ports: number, dualStack: boolean) {
  for (const cidr of cidrs.filter((block) => !Token.isUnresolved(block))) {
    if (!isIpv6(cidr)) {
      validation.matches(prop, IPV4_BLOCK, 'IPv4 blocks such as "192.0.2.0/24"', cidr);
      continue;
    }
    const [address = '', length = ''] = cidr.split('/');
    validation.holds(
      isIP(address) === 6 && /^\d{1,3}$/.test(length) && Number(length) <= 128,
      `${prop} must be IPv6 blocks such as "2001:db8::/32" where they have a colon, got "${cidr}"`,
    );
    validation.holds(dualStack, `${prop} must not have IPv6 blocks without dualStack, got "${cidr}"`);
  }
  const rules = cidrs.length * ports;
  validation.holds(
    rules <= MAX_RULES,
    `${prop} must not make more than the ${MAX_RULES} rules that a security group may have, got ${cidrs.length} blocks ` +
      `for ${ports} ports`,
  );
}

/** Whether a block is one of IPv6, rather than IPv4. */
export function isIpv6(cidr: string): boolean {
  return cidr.includes(':');
}
