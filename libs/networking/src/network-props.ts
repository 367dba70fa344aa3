import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { DhcpOptions } from './dhcp-options';
import type { NatStrategy } from './nat-strategy';

/** AWS services that a network reaches through gateway endpoints, which cost nothing. */
export enum GatewayService {
  /** Amazon S3, from which ECS also gets the layers of images in ECR. */
  S3 = 's3',
  /** Amazon DynamoDB. */
  DYNAMODB = 'dynamodb',
}

/** A block from a pool of Amazon VPC IP Address Manager (IPAM). */
export interface IpamAllocation {
  /** The pool, e.g. `ipam-pool-0123456789abcdef0`. */
  readonly poolId: string;

  /** Size of the block, 16 to 28: a netmask of so many bits. */
  readonly netmaskLength: number;
}

/** What a network is made of. */
export interface NetworkProps {
  /**
   * The VPC's IPv4 block; subnets of equal size are cut from it. It cannot be changed without replacing everything.
   *
   * @default '10.0.0.0/16', unless `ipam` is given
   */
  readonly cidr?: string;

  /**
   * Where the VPC's IPv4 block comes from, instead of `cidr`.
   *
   * @default - `cidr`
   */
  readonly ipam?: IpamAllocation;

  /**
   * The zones of the subnets, 2 to 6 names such as `eu-west-1a`. Append zones, never reorder or remove them: a zone's
   * place is part of its subnets' identity, so CloudFormation would move, that is replace, subnets and all that is in
   * them.
   *
   * @default - the region's first two zones, chosen by CloudFormation
   */
  readonly availabilityZones?: string[];

  /**
   * For how many zones address space is set aside, from the number of `availabilityZones` to 6. Zones up to this number
   * can be appended without moving the subnets of the others. It cannot be changed without replacing everything.
   *
   * @default 3, or the number of `availabilityZones` if that is larger
   */
  readonly plannedZones?: number;

  /**
   * Whether VPC and subnets have IPv6 addresses beside IPv4: a /56 block of Amazon's, a /64 of it in each subnet. By IPv6
   * public subnets are reached through the internet gateway, private subnets have a way out through an egress-only
   * gateway (with every NAT strategy), isolated subnets have none.
   *
   * @default false
   */
  readonly dualStack?: boolean;

  /**
   * How tasks in the private subnets reach the internet.
   *
   * @default NatStrategy.single()
   */
  readonly natStrategy?: NatStrategy;

  /**
   * AWS services that all subnets reach through gateway endpoints.
   *
   * @default - all: S3 and DynamoDB
   */
  readonly gatewayEndpoints?: GatewayService[];

  /**
   * Whether a network ACL keeps everything out of isolated subnets that does not come from the VPC's own addresses, and
   * everything in that does not go to them; also S3 and DynamoDB, whose gateway endpoints have public addresses.
   *
   * @default false
   */
  readonly isolatedNetworkAcl?: boolean;

  /**
   * What DHCP tells the VPC's network interfaces.
   *
   * @default - the region's own domain name, Amazon's name servers
   */
  readonly dhcpOptions?: DhcpOptions;

  /**
   * Where flow logs go, e.g. `FlowLogDestination.toS3(bucket, 'vpc-flow-logs', { fileFormat: FlowLogFileFormat.PARQUET })`.
   *
   * @default - a log group of their own
   */
  readonly flowLogDestination?: ec2.FlowLogDestination;

  /**
   * How long flow logs are kept in their own log group; not with a `flowLogDestination`.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly flowLogRetention?: logs.RetentionDays;

  /**
   * Which traffic is recorded.
   *
   * @default FlowLogTrafficType.ALL
   */
  readonly flowLogTrafficType?: ec2.FlowLogTrafficType;

  /**
   * Over which time a record adds up packets.
   *
   * @default FlowLogMaxAggregationInterval.TEN_MINUTES
   */
  readonly flowLogAggregationInterval?: ec2.FlowLogMaxAggregationInterval;

  /**
   * The fields of a record.
   *
   * @default - those of version 2, see `LogFormat.ALL_DEFAULT_FIELDS`
   */
  readonly flowLogFormat?: ec2.LogFormat[];

  /**
   * Whether flow logs in their own log group outlive the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}
