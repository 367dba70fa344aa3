import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** What the security groups allow. */
export interface SecurityGroupsProps {
  /** The VPC they are in. */
  readonly vpc: ec2.IVpc;

  /**
   * The port that the services' containers listen on.
   *
   * @default 3000
   */
  readonly applicationPort?: number;

  /**
   * Further ports that load balancer and services reach services on, e.g. one for health checks.
   *
   * @default - none
   */
  readonly additionalPorts?: number[];

  /**
   * The port that the database listens on.
   *
   * @default 5432
   */
  readonly databasePort?: number;

  /**
   * Whether there is a group of a database proxy, between services and database. The services keep their way to the
   * database itself, for what a proxy does not carry (migrations that take session locks, for example).
   *
   * @default false
   */
  readonly databaseProxy?: boolean;

  /**
   * The ports that the load balancer listens on.
   *
   * @default [80, 443]
   */
  readonly albPorts?: number[];

  /**
   * Who may reach the load balancer, as IPv4 blocks and, with `dualStack`, IPv6 blocks.
   *
   * @default ['0.0.0.0/0'], with `dualStack` ['0.0.0.0/0', '::/0'] - everyone
   */
  readonly albIngressCidrs?: string[];

  /**
   * Whom services may call, as IPv4 blocks and, with `dualStack`, IPv6 blocks. With none they reach AWS services through
   * interface endpoints, and S3 and DynamoDB by `egressPrefixLists`.
   *
   * @default ['0.0.0.0/0'], with `dualStack` ['0.0.0.0/0', '::/0'] - everyone
   */
  readonly egressCidrs?: string[];

  /**
   * The ports on which services may call `egressCidrs`.
   *
   * @default [443]
   */
  readonly egressPorts?: number[];

  /**
   * Prefix lists that services may call on port 443, by their ids, e.g. `pl-6da54004`: those of S3 and DynamoDB, whose
   * gateway endpoints have public addresses. Needed where `egressCidrs` leave these out: the layers of images are in S3.
   * (`aws ec2 describe-managed-prefix-lists` names them; they differ from region to region.)
   *
   * @default - none
   */
  readonly egressPrefixLists?: string[];

  /**
   * Whether the VPC has IPv6 addresses.
   *
   * @default false
   */
  readonly dualStack?: boolean;
}
