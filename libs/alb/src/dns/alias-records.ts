import { PropsValidation } from '@v3-backend/core';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { IPublicLoadBalancer } from '../load-balancer/public-load-balancer-interface';
import { validateAlias } from './alias-validation';

/** A load balancer's share of the traffic of a name that several load balancers serve. */
export interface WeightedRecord {
  /**
   * The share, 0 to 255, in relation to the weights of all records of the name. With 0 it gets traffic only if no other
   * record is healthy, or if all weights are 0.
   */
  readonly weight: number;

  /** What tells this record from the others of the name, 1 to 128 characters, e.g. `blue`. */
  readonly setIdentifier: string;

  /**
   * Whether the record is left out while none of the load balancer's targets is healthy.
   *
   * @default true
   */
  readonly evaluateTargetHealth?: boolean;
}

/** Properties of `AliasRecords`. */
export interface AliasRecordsProps {
  /** What the name leads to. */
  readonly loadBalancer: IPublicLoadBalancer;

  /** Zone of the records. */
  readonly hostedZone: route53.IHostedZone;

  /** The name, in `hostedZone`, e.g. `api.example.com`. */
  readonly domainName: string;

  /**
   * Whether there is an AAAA record as well; the load balancer must be dual-stack.
   *
   * @default false
   */
  readonly dualStack?: boolean;

  /**
   * Share of the name's traffic. All records of a name are weighted, or it has one only: Route 53 refuses a mixture, so
   * see the README before you make a simple record a weighted one.
   *
   * @default - a simple record: the name is this load balancer's alone
   */
  readonly weightedRecord?: WeightedRecord;
}

/** The records that give a load balancer a name: A, and AAAA where it serves IPv6. */
export class AliasRecords extends Construct {
  /** @throws when the name is no domain name or not in the zone, or the weight or its identifier is out of range. */
  constructor(scope: Construct, id: string, props: AliasRecordsProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validateAlias(validation, props);
    validation.throwIfInvalid();

    const { loadBalancer, weightedRecord } = props;
    const record = {
      zone: props.hostedZone,
      // With the final dot, or the name of a zone that is only known at deployment would be appended to it.
      recordName: `${props.domainName}.`,
      target: route53.RecordTarget.fromAlias({
        bind: () => ({
          hostedZoneId: loadBalancer.loadBalancerCanonicalHostedZoneId,
          dnsName: `dualstack.${loadBalancer.loadBalancerDnsName}`,
          evaluateTargetHealth: weightedRecord && (weightedRecord.evaluateTargetHealth ?? true),
        }),
      }),
      weight: weightedRecord?.weight,
      setIdentifier: weightedRecord?.setIdentifier,
    };
    new route53.ARecord(this, 'Ipv4', record);
    if (props.dualStack) new route53.AaaaRecord(this, 'Ipv6', record);
  }
}
