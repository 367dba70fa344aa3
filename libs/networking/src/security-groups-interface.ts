import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** The security groups of a backend. */
export interface ISecurityGroups {
  /** Of the load balancer. */
  readonly albSecurityGroup: ec2.ISecurityGroup;
  /** Of all services' tasks. */
  readonly ecsSecurityGroup: ec2.ISecurityGroup;
  /** Of the database. */
  readonly databaseSecurityGroup: ec2.ISecurityGroup;
  /** Of interface VPC endpoints. */
  readonly vpcEndpointSecurityGroup: ec2.ISecurityGroup;
  /** Of a database proxy; undefined where there is none. */
  readonly databaseProxySecurityGroup?: ec2.ISecurityGroup;
}

/** Security groups by their ids. */
export interface SecurityGroupsAttributes {
  /** Of the load balancer. */
  readonly albSecurityGroupId: string;
  /** Of all services' tasks. */
  readonly ecsSecurityGroupId: string;
  /** Of the database. */
  readonly databaseSecurityGroupId: string;
  /** Of interface VPC endpoints. */
  readonly vpcEndpointSecurityGroupId: string;
  /**
   * Of a database proxy.
   *
   * @default - there is none
   */
  readonly databaseProxySecurityGroupId?: string;
}

/** What a stack that reads security groups from SSM knows from its own configuration. */
export interface SecurityGroupsSsmOptions {
  /**
   * Whether there is a group of a database proxy.
   *
   * @default false
   */
  readonly databaseProxy?: boolean;
}
