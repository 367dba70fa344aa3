import { PropsValidation, type SsmContract } from '@v3-backend/core';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { ImportedSecurityGroups } from './imported-security-groups';

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
}

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
   * The port that the database listens on.
   *
   * @default 5432
   */
  readonly databasePort?: number;

  /**
   * The ports that the load balancer listens on.
   *
   * @default [80, 443]
   */
  readonly albPorts?: number[];

  /**
   * Who may reach the load balancer, as IPv4 blocks.
   *
   * @default ['0.0.0.0/0'] - everyone
   */
  readonly albIngressCidrs?: string[];
}

/**
 * The security groups of a backend, with all rules between them: nothing else ever has to add one.
 *
 * | from | to | port |
 * |---|---|---|
 * | `albIngressCidrs` | load balancer | `albPorts` |
 * | load balancer | services | `applicationPort` |
 * | services | services | `applicationPort` |
 * | services | database | `databasePort` |
 * | services | VPC endpoints | 443 |
 * | services | anywhere | 443: container registry, AWS APIs and external APIs |
 *
 * Name resolution needs no rule: security groups do not apply to the VPC's resolver.
 */
export class SecurityGroups extends Construct implements ISecurityGroups {
  /** Security groups that exist already; no rule can be added to them. */
  public static fromSecurityGroupsAttributes(
    scope: Construct,
    id: string,
    attrs: SecurityGroupsAttributes,
  ): ISecurityGroups {
    return new ImportedSecurityGroups(scope, id, attrs);
  }

  /** The security groups whose stack published `contract`. Only what a template uses is read. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): ISecurityGroups {
    const read = (key: string) => contract.read(scope, key);
    return new ImportedSecurityGroups(scope, id, {
      albSecurityGroupId: read('albSecurityGroupId'),
      ecsSecurityGroupId: read('ecsSecurityGroupId'),
      databaseSecurityGroupId: read('databaseSecurityGroupId'),
      vpcEndpointSecurityGroupId: read('vpcEndpointSecurityGroupId'),
    });
  }

  /** Of the load balancer. */
  public readonly albSecurityGroup: ec2.ISecurityGroup;
  /** Of all services' tasks. */
  public readonly ecsSecurityGroup: ec2.ISecurityGroup;
  /** Of the database. */
  public readonly databaseSecurityGroup: ec2.ISecurityGroup;
  /** Of interface VPC endpoints. */
  public readonly vpcEndpointSecurityGroup: ec2.ISecurityGroup;

  /** @throws when a port is not from 1 to 65535, or a block is no IPv4 block. */
  constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    const { applicationPort = 3000, databasePort = 5432, albPorts = [80, 443] } = props;
    const albIngressCidrs = props.albIngressCidrs ?? ['0.0.0.0/0'];
    validate(this, { applicationPort, databasePort, albPorts, albIngressCidrs });

    const group = (name: string, description: string) =>
      new ec2.SecurityGroup(this, name, { vpc: props.vpc, description, allowAllOutbound: false });
    const alb = group('Alb', 'Load balancer');
    const ecs = group('Ecs', 'Tasks of all services');
    const database = group('Database', 'Database');
    const vpcEndpoint = group('VpcEndpoint', 'Interface VPC endpoints');

    for (const cidr of albIngressCidrs) {
      for (const port of albPorts) alb.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(port), 'Clients');
    }
    allow(alb, ecs, applicationPort, 'Load balancer to services');
    allow(ecs, ecs, applicationPort, 'Services to each other');
    allow(ecs, database, databasePort, 'Services to database');
    allow(ecs, vpcEndpoint, 443, 'Services to VPC endpoints');
    ecs.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS, 'Services to registry, AWS and external APIs');

    this.albSecurityGroup = alb;
    this.ecsSecurityGroup = ecs;
    this.databaseSecurityGroup = database;
    this.vpcEndpointSecurityGroup = vpcEndpoint;
  }

  /** Publishes the groups' ids. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      albSecurityGroupId: this.albSecurityGroup.securityGroupId,
      ecsSecurityGroupId: this.ecsSecurityGroup.securityGroupId,
      databaseSecurityGroupId: this.databaseSecurityGroup.securityGroupId,
      vpcEndpointSecurityGroupId: this.vpcEndpointSecurityGroup.securityGroupId,
    });
  }
}

/** Opens both ends of one way. */
function allow(from: ec2.SecurityGroup, to: ec2.SecurityGroup, port: number, description: string): void {
  to.addIngressRule(from, ec2.Port.tcp(port), description);
  from.addEgressRule(to, ec2.Port.tcp(port), description);
}

function validate(scope: Construct, props: Required<Omit<SecurityGroupsProps, 'vpc'>>): void {
  const validation = new PropsValidation(scope);
  validation.inRange('applicationPort', 1, 65535, props.applicationPort);
  validation.inRange('databasePort', 1, 65535, props.databasePort);
  validation.holds(props.albPorts.length > 0, 'albPorts must name 1 or more ports, got none');
  for (const port of props.albPorts) validation.inRange('albPorts', 1, 65535, port);
  for (const cidr of props.albIngressCidrs) {
    validation.matches('albIngressCidrs', '(\\d{1,3}\\.){3}\\d{1,3}/(\\d|[12]\\d|3[0-2])', 'IPv4 blocks', cidr);
  }
  validation.throwIfInvalid();
}
