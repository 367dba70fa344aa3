import { LayerTags, SsmContract } from '@v3-backend/core';
import { NatStrategy, Network } from '@v3-backend/networking';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The configuration's words for the library's strategies. */
const NAT_STRATEGIES = {
  none: NatStrategy.none(),
  single: NatStrategy.single(),
  perZone: NatStrategy.perZone(),
  regional: NatStrategy.regional(),
};

export interface NetworkingStackProps extends StackProps {
  readonly config: EnvironmentConfig;
}

/** VPC, subnets, NAT, flow logs and gateway endpoints. */
export class NetworkingStack extends Stack {
  public readonly network: Network;

  constructor(scope: Construct, id: string, props: NetworkingStackProps) {
    super(scope, id, props);
    const { environment, availabilityZones, networking, protect } = props.config;
    LayerTags.apply(this, { environment, layer: 'networking', ...props.config.ownership });
    this.network = new Network(this, 'Network', {
      cidr: networking.vpcCidr,
      availabilityZones,
      natStrategy: NAT_STRATEGIES[networking.natGateways],
      flowLogRetention: networking.flowLogRetentionDays,
      protect,
    });
    this.network.publish(new SsmContract({ environment, stack: 'networking' }));
  }
}
