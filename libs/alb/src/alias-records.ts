import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';

export interface AliasRecordsProps {
  readonly zone: route53.IHostedZone;
  readonly domainName: string;
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly dualStack: boolean;
}

/** The records that give a load balancer its name: A, and AAAA where it serves IPv6. */
export class AliasRecords extends Construct {
  constructor(scope: Construct, id: string, props: AliasRecordsProps) {
    super(scope, id);
    const record = {
      zone: props.zone,
      // With the final dot, or the name of a zone that is only known at deployment would be appended to it.
      recordName: `${props.domainName}.`,
      target: route53.RecordTarget.fromAlias(new LoadBalancerTarget(props.loadBalancer)),
    };
    new route53.ARecord(this, 'Ipv4', record);
    if (props.dualStack) new route53.AaaaRecord(this, 'Ipv6', record);
  }
}
