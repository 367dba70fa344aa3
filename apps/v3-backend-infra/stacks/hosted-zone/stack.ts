import { DnsZone, ParentZone } from '@v3-backend/alb';
import { LayerTags, SsmContract } from '@v3-backend/core';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export interface HostedZoneStackProps extends StackProps {
  readonly config: EnvironmentConfig;
}

/** The hosted zone; only where SSL is enabled. */
export class HostedZoneStack extends Stack {
  public readonly zone: DnsZone;

  constructor(scope: Construct, id: string, props: HostedZoneStackProps) {
    super(scope, id, props);
    const { environment, protect, loadBalancer } = props.config;
    LayerTags.apply(this, { environment, layer: 'alb', ...props.config.ownership });
    if (!loadBalancer.ssl?.enabled) {
      throw new Error(`The ${environment} environment has no hosted zone: loadBalancer.ssl is not enabled in it.`);
    }
    const { hostedZoneName: zoneName, parentZone } = loadBalancer.ssl;
    this.zone = new DnsZone(this, 'Zone', {
      zoneName,
      parentZone:
        parentZone &&
        ParentZone.inAnotherAccount(
          parentZone.zoneName,
          Role.fromRoleArn(this, 'Delegation', parentZone.delegationRoleArn),
        ),
      protect,
    });
    this.zone.publish(new SsmContract({ environment, stack: 'hosted-zone' }));
  }
}
