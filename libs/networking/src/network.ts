import { ProviderLogGroup, type SsmContract } from '@v3-backend/core';
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { DhcpOptionsSet } from './dhcp-options-set';
import { ImportedNetwork, readNetworkAttributes } from './imported-network';
import { IsolatedNetworkAcl } from './isolated-network-acl';
import { NatStrategy } from './nat-strategy';
import type { NetworkAttributes, NetworkSsmOptions } from './network-attributes';
import { GatewayService, type NetworkProps } from './network-props';
import { validateNetwork } from './network-validation';
import {
  acknowledgePinnedZones,
  firstTwoAvailabilityZones,
  withPinnedAvailabilityZones,
} from './pinned-availability-zones';
import { RegionalNatProvider } from './regional-nat-provider';
import { SUBNETS, defaultPlannedZones, subnetNetmaskLength } from './subnet-layout';
import { VpcFlowLogs } from './vpc-flow-logs';

/** A VPC with public, private and isolated subnets. */
export interface INetwork {
  /** The VPC. Its tiers are selected with `SubnetType.PUBLIC`, `PRIVATE_WITH_EGRESS` and `PRIVATE_ISOLATED`. */
  readonly vpc: ec2.IVpc;
}

/**
 * A VPC with three tiers of subnets, NAT, flow logs, gateway endpoints for S3 and DynamoDB, and a default security group
 * that allows nothing. It answers DNS queries and gives DNS names, which VPC endpoints and service discovery need.
 */
export class Network extends Construct implements INetwork {
  /** A network that exists already. */
  public static fromNetworkAttributes(scope: Construct, id: string, attrs: NetworkAttributes): INetwork {
    return new ImportedNetwork(scope, id, attrs);
  }

  /** The network whose stack published `contract`. Only what a template uses is read. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract, options: NetworkSsmOptions): INetwork {
    return new ImportedNetwork(scope, id, readNetworkAttributes(scope, contract, options));
  }

  /** The VPC. */
  public readonly vpc: ec2.IVpc;
  /** The VPC's flow logs. */
  public readonly flowLogs: VpcFlowLogs;

  /**
   * @throws when the block is no IPv4 block, too small, or given in two ways; when zones are none, too few, too many,
   * named twice or of another region; when DHCP options are none.
   */
  constructor(scope: Construct, id: string, props: NetworkProps = {}) {
    super(scope, id);
    const cidr = props.cidr ?? '10.0.0.0/16';
    const zones = props.availabilityZones ?? firstTwoAvailabilityZones();
    const plannedZones = props.plannedZones ?? defaultPlannedZones(zones.length);
    validateNetwork(this, { props, cidr, zones, plannedZones });

    const vpc = createVpc(this, props, addressesOf(props, cidr, plannedZones), zones, plannedZones);
    addGatewayEndpoints(vpc, props.gatewayEndpoints ?? [GatewayService.S3, GatewayService.DYNAMODB]);
    ProviderLogGroup.ofResourceType(this, 'Custom::VpcRestrictDefaultSG');
    if (props.isolatedNetworkAcl) new IsolatedNetworkAcl(this, 'Isolated', vpc, props.dualStack ?? false);
    if (props.dhcpOptions) new DhcpOptionsSet(this, 'Dhcp', vpc, props.dhcpOptions);
    this.vpc = vpc;
    this.flowLogs = new VpcFlowLogs(this, 'FlowLogs', {
      vpc,
      destination: props.flowLogDestination,
      retention: props.flowLogRetention,
      trafficType: props.flowLogTrafficType,
      aggregationInterval: props.flowLogAggregationInterval,
      format: props.flowLogFormat,
      protect: props.protect,
    });
  }

  /** Publishes the network's ids; lists have one element per zone. */
  public publish(contract: SsmContract): void {
    const { publicSubnets, privateSubnets, isolatedSubnets } = this.vpc;
    const { logGroup } = this.flowLogs;
    contract.publish(this, {
      vpcId: this.vpc.vpcId,
      vpcCidrBlock: this.vpc.vpcCidrBlock,
      availabilityZones: this.vpc.availabilityZones.join(','),
      publicSubnetIds: subnetIds(publicSubnets),
      privateSubnetIds: subnetIds(privateSubnets),
      isolatedSubnetIds: subnetIds(isolatedSubnets),
      publicRouteTableIds: routeTableIds(publicSubnets),
      privateRouteTableIds: routeTableIds(privateSubnets),
      isolatedRouteTableIds: routeTableIds(isolatedSubnets),
      ...(logGroup ? { flowLogGroupName: logGroup.logGroupName } : {}),
    });
  }
}

function addressesOf({ ipam }: NetworkProps, cidr: string, plannedZones: number): ec2.IIpAddresses {
  if (!ipam) return ec2.IpAddresses.cidr(cidr);
  return ec2.IpAddresses.awsIpamAllocation({
    ipv4IpamPoolId: ipam.poolId,
    ipv4NetmaskLength: ipam.netmaskLength,
    defaultSubnetIpv4NetmaskLength: subnetNetmaskLength(ipam.netmaskLength, plannedZones),
  });
}

function createVpc(
  scope: Construct,
  { natStrategy = NatStrategy.single(), dualStack }: NetworkProps,
  ipAddresses: ec2.IIpAddresses,
  zones: string[],
  plannedZones: number,
): ec2.Vpc {
  acknowledgePinnedZones(scope);
  const availabilityZones = [...zones];
  const vpc = withPinnedAvailabilityZones(Stack.of(scope), zones, () => {
    return new ec2.Vpc(scope, 'Vpc', {
      ipAddresses,
      ipProtocol: dualStack ? ec2.IpProtocol.DUAL_STACK : undefined,
      availabilityZones,
      reservedAzs: plannedZones - zones.length,
      natGateways: natStrategy.gatewayCount(zones.length),
      natGatewayProvider: natStrategy.isRegional ? new RegionalNatProvider() : undefined,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: SUBNETS,
    });
  });
  // The VPC keeps this array as its own, and appended a made-up zone for each reserved one.
  availabilityZones.length = zones.length;
  return vpc;
}

function addGatewayEndpoints(vpc: ec2.Vpc, services: GatewayService[]): void {
  if (services.includes(GatewayService.S3)) {
    vpc.addGatewayEndpoint('S3Endpoint', { service: ec2.GatewayVpcEndpointAwsService.S3 });
  }
  if (services.includes(GatewayService.DYNAMODB)) {
    vpc.addGatewayEndpoint('DynamoDbEndpoint', { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB });
  }
}

function subnetIds(subnets: ec2.ISubnet[]): string {
  return subnets.map((subnet) => subnet.subnetId).join(',');
}

function routeTableIds(subnets: ec2.ISubnet[]): string {
  return subnets.map((subnet) => subnet.routeTable.routeTableId).join(',');
}
