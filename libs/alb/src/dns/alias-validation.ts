import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { DOMAIN_NAME, isInZone } from '../private/patterns';
import type { WeightedRecord } from './alias-records';

/** What `validateAlias` checks: props of `AliasRecords`, or those of a load balancer that are passed on to it. */
interface CheckedAlias {
  readonly domainName?: string;
  readonly hostedZone?: IHostedZone;
  readonly weightedRecord?: WeightedRecord;
}

/** Adds what is wrong with the name of a load balancer to `validation`. */
export function validateAlias(validation: PropsValidation, props: CheckedAlias): void {
  const { domainName, hostedZone, weightedRecord } = props;
  validation.matches('domainName', DOMAIN_NAME, 'a domain name such as "api.example.com"', domainName);
  const zoneName = hostedZone?.zoneName;
  validation.holds(
    domainName === undefined ||
      zoneName === undefined ||
      Token.isUnresolved(domainName) ||
      Token.isUnresolved(zoneName) ||
      isInZone(domainName, zoneName),
    `domainName must be in the hosted zone, which is ${zoneName}, got ${JSON.stringify(domainName)}`,
  );
  validation.inRange('weightedRecord.weight', 0, 255, weightedRecord?.weight);
  validation.matches(
    'weightedRecord.setIdentifier',
    '.{1,128}',
    '1 to 128 characters, e.g. "blue"',
    weightedRecord?.setIdentifier,
  );
}
