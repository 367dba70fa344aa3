import type { PropsValidation } from '@v3-backend/core';
import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { validateAlias } from '../dns/alias-validation';
import type { PublicLoadBalancerProps, ResponseHeaders } from './public-load-balancer-props';

/** The fewest capacity units that Elastic Load Balancing reserves; the most is a quota of the account. */
const MIN_RESERVED_UNITS = 100;

/** Adds what is wrong with a load balancer's props to `validation`. */
export function validatePublicLoadBalancer(
  scope: Construct,
  validation: PropsValidation,
  props: PublicLoadBalancerProps,
): void {
  validateAlias(validation, props);
  validation.holds(
    (props.domainName === undefined) === (props.hostedZone === undefined),
    'domainName and hostedZone go together: give both, or neither',
  );
  validation.holds(
    props.weightedRecord === undefined || props.domainName !== undefined,
    'weightedRecord needs domainName and hostedZone: it is the weight of their record',
  );
  validateTls(scope, validation, props);
  validation.inRange('idleTimeout in seconds', 1, 4000, props.idleTimeout?.toSeconds());
  validation.inRange('clientKeepAlive in seconds', 60, 604_800, props.clientKeepAlive?.toSeconds());
  const units = props.minimumCapacityUnits ?? MIN_RESERVED_UNITS;
  validation.holds(
    Token.isUnresolved(units) || (Number.isInteger(units) && units >= MIN_RESERVED_UNITS),
    `minimumCapacityUnits must be a whole number of ${MIN_RESERVED_UNITS} or more, got ${units}`,
  );
  for (const prop of ['accessLogs', 'connectionLogs', 'healthCheckLogs'] as const) {
    validation.matches(
      `${prop}.prefix`,
      '(?!.*AWSLogs)[^/\\s](.*[^/\\s])?',
      'a prefix without a slash at its start or end and without "AWSLogs", e.g. "alb"',
      props[prop]?.prefix,
    );
    validation.holds(
      props[prop]?.bucket.encryptionKey === undefined,
      `${prop}.bucket is encrypted with a KMS key, which Elastic Load Balancing cannot write with: use SSE-S3`,
    );
  }
  validateResponseHeaders(validation, props.responseHeaders ?? {});
}

function validateTls(scope: Construct, validation: PropsValidation, props: PublicLoadBalancerProps): void {
  for (const prop of ['sslPolicy', 'mutualAuthentication'] as const) {
    validation.holds(
      props[prop] === undefined || props.certificate !== undefined,
      `${prop} needs a certificate: there is no HTTPS listener without one`,
    );
  }
  validation.holds(
    props.responseHeaders?.strictTransportSecurity === undefined || props.certificate !== undefined,
    'responseHeaders.strictTransportSecurity needs a certificate: browsers ignore the header over HTTP',
  );
  const region = regionOf(props.certificate?.certificateArn);
  const own = Stack.of(scope).region;
  validation.holds(
    region === undefined || Token.isUnresolved(own) || region === own,
    `certificate is in ${region}, the load balancer in ${own}: use one of ${own}`,
  );
}

function regionOf(certificateArn?: string): string | undefined {
  if (certificateArn === undefined || Token.isUnresolved(certificateArn)) return undefined;
  return certificateArn.split(':')[3];
}

function validateResponseHeaders(validation: PropsValidation, headers: ResponseHeaders): void {
  validation.matches(
    'responseHeaders.strictTransportSecurity',
    'max-age=\\d+(; ?includeSubDomains)?(; ?preload)?',
    'e.g. "max-age=31536000; includeSubDomains"',
    headers.strictTransportSecurity,
  );
  validation.matches(
    'responseHeaders.contentSecurityPolicy',
    '[\\x20-\\x7e]{1,1024}',
    '1 to 1024 printable ASCII characters',
    headers.contentSecurityPolicy,
  );
  validation.matches('responseHeaders.frameOptions', 'DENY|SAMEORIGIN', '"DENY" or "SAMEORIGIN"', headers.frameOptions);
}
