import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Routes all private subnets to one regional NAT gateway, which this version of the CDK has as an L1 only. */
export class RegionalNatProvider extends ec2.NatProvider {
  public readonly configuredGateways: ec2.GatewayConfig[] = [];

  public configureNat({ vpc, natSubnets, privateSubnets }: ec2.ConfigureNatOptions): void {
    const gateway = new ec2.CfnNatGateway(vpc, 'RegionalNatGateway', {
      vpcId: vpc.vpcId,
      availabilityMode: 'regional',
      connectivityType: 'public',
    });
    // It is in no subnet, but AWS makes none in a VPC without an internet gateway, to which public subnets have a route.
    gateway.node.addDependency(...natSubnets.map((subnet) => subnet.internetConnectivityEstablished));
    for (const { availabilityZone } of privateSubnets) {
      this.configuredGateways.push({ az: availabilityZone, gatewayId: gateway.ref });
    }
    for (const subnet of privateSubnets) this.configureSubnet(subnet);
  }

  public configureSubnet(subnet: ec2.PrivateSubnet): void {
    // The id that zonal gateways' routes have: another strategy changes the route, and never makes a second one.
    subnet.addRoute('DefaultRoute', {
      routerType: ec2.RouterType.NAT_GATEWAY,
      routerId: this.configuredGateways[0]!.gatewayId,
      enablesInternetConnectivity: true,
    });
  }
}
