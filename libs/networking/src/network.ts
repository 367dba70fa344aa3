import { PropsValidation, ProviderLogGroup, type SsmContract } from '@v3-backend/core';
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ImportedNetwork, readNetworkAttributes } from './imported-network';
import { NatStrategy } from './nat-strategy';
import type { NetworkAttributes, NetworkSsmOptions } from './network-attributes';
import {
  acknowledgePinnedZones,
  firstTwoAvailabilityZones,
  withPinnedAvailabilityZones,
} from './pinned-availability-zones';
import { VpcFlowLogs } from './vpc-flow-logs';

/** Public, private and isolated. */
const TIERS = 3;
/** Address space is set aside for this many zones, so that a zone added later does not move the subnets of the others. */
const PLANNED_ZONES = 3;
/** A load balancer needs a subnet of /27 or larger. */
const SMALLEST_SUBNET_ADDRESSES = 32;

/** What a network is made of. */
export interface NetworkProps {
  /**
   * The VPC's IPv4 block; subnets of equal size are cut from it. It cannot be changed without replacing everything.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * The zones of the subnets, 2 to 6 names such as `eu-west-1a`. Append zones, never reorder them.
   *
   * @default - the region's first two zones, chosen by CloudFormation
   */
  readonly availabilityZones?: string[];

  /**
   * How tasks in the private subnets reach the internet.
   *
   * @default NatStrategy.single()
   */
  readonly natStrategy?: NatStrategy;

  /**
   * How long flow logs are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly flowLogRetention?: logs.RetentionDays;

  /**
   * Whether flow logs outlive the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/** A VPC with public, private and isolated subnets. */
export interface INetwork {
  /** The VPC. Its tiers are selected with `SubnetType.PUBLIC`, `PRIVATE_WITH_EGRESS` and `PRIVATE_ISOLATED`. */
  readonly vpc: ec2.IVpc;
}

/**
 * A VPC with three tiers of subnets, NAT, flow logs, gateway endpoints for S3 and DynamoDB, and a default security group
 * that allows nothing.
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

  /** @throws when the block is no IPv4 block, or too small; when zones are too few, too many or named twice. */
  constructor(scope: Construct, id: string, props: NetworkProps = {}) {
    super(scope, id);
    const cidr = props.cidr ?? '10.0.0.0/16';
    const zones = props.availabilityZones ?? firstTwoAvailabilityZones();
    validate(this, cidr, zones);

    const vpc = createVpc(this, cidr, zones, props.natStrategy ?? NatStrategy.single());
    vpc.addGatewayEndpoint('S3Endpoint', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    vpc.addGatewayEndpoint('DynamoDbEndpoint', { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB });
    ProviderLogGroup.ofResourceType(this, 'Custom::VpcRestrictDefaultSG');
    this.vpc = vpc;
    this.flowLogs = new VpcFlowLogs(this, 'FlowLogs', {
      vpc,
      retention: props.flowLogRetention,
      protect: props.protect,
    });
  }

  /** Publishes the network's ids; lists have one element per zone. */
  public publish(contract: SsmContract): void {
    const { publicSubnets, privateSubnets, isolatedSubnets } = this.vpc;
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
      flowLogGroupName: this.flowLogs.logGroup.logGroupName,
    });
  }
}

function validate(scope: Construct, cidr: string, zones: string[]): void {
  const validation = new PropsValidation(scope);
  const octet = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
  validation.matches(
    'cidr',
    `(${octet}\\.){3}${octet}/(1[6-9]|2[0-8])`,
    'an IPv4 block of /16 to /28, e.g. "10.0.0.0/16"',
    cidr,
  );
  validation.inRange('the number of availabilityZones', 2, 6, zones.length);
  validation.holds(
    new Set(zones).size === zones.length,
    `availabilityZones must not name a zone twice, got ${zones.join(', ')}`,
  );
  const subnets = TIERS * Math.max(zones.length, PLANNED_ZONES);
  const addresses = 2 ** (32 - Number(cidr.split('/')[1]));
  validation.holds(
    !(addresses / subnets < SMALLEST_SUBNET_ADDRESSES),
    `cidr must have room for ${subnets} subnets of /27 (${TIERS} tiers in ${subnets / TIERS} zones), got ${cidr}; use a larger block`,
  );
  validation.throwIfInvalid();
}

function createVpc(scope: Construct, cidr: string, zones: string[], nat: NatStrategy): ec2.Vpc {
  acknowledgePinnedZones(scope);
  const availabilityZones = [...zones];
  const vpc = withPinnedAvailabilityZones(Stack.of(scope), zones, () => {
    return new ec2.Vpc(scope, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(cidr),
      availabilityZones,
      reservedAzs: Math.max(0, PLANNED_ZONES - zones.length),
      natGateways: nat.gatewayCount(zones.length),
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        // The same type with and without NAT, so that another strategy changes routes and never moves a subnet.
        { name: 'private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });
  });
  // The VPC keeps this array as its own, and appended a made-up zone for each reserved one.
  availabilityZones.length = zones.length;
  return vpc;
}

function subnetIds(subnets: ec2.ISubnet[]): string {
  return subnets.map((subnet) => subnet.subnetId).join(',');
}

function routeTableIds(subnets: ec2.ISubnet[]): string {
  return subnets.map((subnet) => subnet.routeTable.routeTableId).join(',');
}
