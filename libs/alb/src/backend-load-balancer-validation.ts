import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import type { BackendLoadBalancerProps } from './backend-load-balancer-props';
import { DOMAIN_NAME, IPV4_CIDR } from './patterns';

/** A rule has 5 condition values at most (a fixed quota of Elastic Load Balancing), and the path is one. */
const MAX_INTERNAL_CIDRS = 4;

/** @throws when anything is invalid, with all of it in one error. */
export function validateBackendLoadBalancer(validation: PropsValidation, props: BackendLoadBalancerProps): void {
  const cidrs = props.internalCidrs;
  if (!Token.isUnresolved(cidrs)) {
    validation.holds(
      cidrs.length >= 1 && cidrs.length <= MAX_INTERNAL_CIDRS,
      `internalCidrs must have 1 to ${MAX_INTERNAL_CIDRS} CIDR blocks, got ${cidrs.length}`,
    );
    cidrs.forEach((cidr, index) => {
      const prop = `internalCidrs[${index}]`;
      validation.matches(prop, IPV4_CIDR, 'an IPv4 CIDR block such as "10.0.0.0/16"', cidr);
      validation.holds(
        Token.isUnresolved(cidr) || !cidr.endsWith('/0'),
        `${prop} is the whole internet ("${cidr}"): name the networks that may reach worker and scheduler`,
      );
    });
  }
  validation.matches('domainName', DOMAIN_NAME, 'a domain name such as "api.example.com"', props.domainName);
  validation.holds(
    (props.domainName === undefined) === (props.hostedZone === undefined),
    'domainName and hostedZone go together: give both, or neither',
  );
  validation.inRange('applicationPort', 1, 65535, props.applicationPort);
  validation.matches('healthCheckPath', '/[^\\s?#]{0,1023}', 'a path such as "/health"', props.healthCheckPath);
  validation.inRange('deregistrationDelay in seconds', 0, 3600, props.deregistrationDelay?.toSeconds());
  validation.inRange('idleTimeout in seconds', 1, 4000, props.idleTimeout?.toSeconds());
  for (const prop of ['accessLogs', 'connectionLogs'] as const) {
    validation.matches(
      `${prop}.prefix`,
      '(?!.*AWSLogs)[^/\\s](.*[^/\\s])?',
      'a prefix without a slash at its start or end and without "AWSLogs", e.g. "alb"',
      props[prop]?.prefix,
    );
  }
  validation.throwIfInvalid();
}
