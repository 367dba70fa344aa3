import { LayerTags, SsmContract } from '@v3-backend/core';
import { InterfaceEndpoints, type INetwork, Network, SecurityGroups } from '@v3-backend/networking';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledgements';

export interface SecurityStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  /** The networking stack's network, where stacks refer to each other directly. @default - read from SSM */
  readonly network?: INetwork;
}

/** Security groups with the rules between them, and interface endpoints, which need one of the groups. */
export class SecurityStack extends Stack {
  public readonly securityGroups: SecurityGroups;

  constructor(scope: Construct, id: string, props: SecurityStackProps) {
    super(scope, id, props);
    const { environment, availabilityZones, loadBalancer, networking } = props.config;
    LayerTags.apply(this, { environment, layer: 'networking', ...props.config.ownership });
    const services = networking.interfaceEndpoints;
    const network =
      props.network ??
      Network.fromSsm(this, 'Network', new SsmContract({ environment, stack: 'networking' }), {
        availabilityZones,
      });

    this.securityGroups = new SecurityGroups(this, 'SecurityGroups', {
      vpc: network.vpc,
      albPorts: loadBalancer.ssl?.enabled ? [80, 443] : [80],
    });
    if (services.length > 0) {
      new InterfaceEndpoints(this, 'InterfaceEndpoints', {
        vpc: network.vpc,
        securityGroup: this.securityGroups.vpcEndpointSecurityGroup,
        services,
      });
    }
    acknowledgeFindings(this.securityGroups);
    this.securityGroups.publish(new SsmContract({ environment, stack: 'security' }));
  }
}
