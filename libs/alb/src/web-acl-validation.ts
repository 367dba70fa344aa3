import type { PropsValidation } from '@v3-backend/core';
import { isIP } from 'node:net';
import { Token } from 'aws-cdk-lib';
import type { WebAclProps } from './web-acl';
import { LOG_GROUP_PREFIX } from './web-acl-logging';

/** WAF refuses a block of all addresses. */
const SMALLEST_PREFIX = 1;
const LARGEST_PREFIX: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

/** @throws when anything is invalid, with all of it in one error. */
export function validateWebAcl(validation: PropsValidation, props: WebAclProps): void {
  for (const prop of ['blockedCidrs', 'allowedCidrs'] as const) {
    props[prop]?.forEach((cidr, index) =>
      validation.holds(
        Token.isUnresolved(cidr) || isWafCidr(cidr),
        `${prop}[${index}] must be an IPv4 or IPv6 CIDR block other than all addresses, e.g. "192.0.2.0/24", ` +
          `got ${JSON.stringify(cidr)}`,
      ),
    );
  }
  validation.inRange('rateLimit', 10, 2_000_000_000, props.rateLimit);
  validation.matches(
    'logGroupName',
    `${LOG_GROUP_PREFIX}[A-Za-z0-9_/.#-]{1,499}`,
    `a log group name that starts with "${LOG_GROUP_PREFIX}", or WAF refuses it`,
    props.logGroupName,
  );
  props.redactedHeaders?.forEach((header, index) =>
    validation.matches(`redactedHeaders[${index}]`, '[a-z0-9-]{1,64}', 'a header name in lower case', header),
  );
  const names = (props.managedRuleGroups ?? []).map(({ name }) => name);
  const duplicates = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  validation.holds(
    duplicates.length === 0,
    `managedRuleGroups names ${duplicates.join(', ')} more than once: state all overrides of a group in one place`,
  );
  validation.throwIfInvalid();
}

function isWafCidr(cidr: string): boolean {
  const [address = '', prefix = '', ...rest] = cidr.split('/');
  const largest = LARGEST_PREFIX[isIP(address)];
  if (largest === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  return Number(prefix) >= SMALLEST_PREFIX && Number(prefix) <= largest;
}
