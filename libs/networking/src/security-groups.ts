import type { SsmContract } from '@v3-backend/core';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { ImportedSecurityGroups } from './imported-security-groups';
import type { ISecurityGroups, SecurityGroupsAttributes, SecurityGroupsSsmOptions } from './security-groups-interface';
import type { SecurityGroupsProps } from './security-groups-props';
import { isIpv6, validateSecurityGroups } from './security-groups-validation';

/**
 * The security groups of a backend, with all rules between them: nothing else ever has to add one.
 *
 * | from | to | port |
 * |---|---|---|
 * | `albIngressCidrs` | load balancer | `albPorts` |
 * | load balancer | services | `applicationPort`, `additionalPorts` |
 * | services | services | `applicationPort`, `additionalPorts` |
 * | services | database | `databasePort` |
 * | services | database proxy, if there is one | `databasePort` |
 * | database proxy | database | `databasePort` |
 * | services | VPC endpoints | 443 |
 * | services | `egressCidrs` | `egressPorts`: container registry, AWS APIs and external APIs |
 * | services | `egressPrefixLists` | 443 |
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
  public static fromSsm(
    scope: Construct,
    id: string,
    contract: SsmContract,
    options: SecurityGroupsSsmOptions = {},
  ): ISecurityGroups {
    const read = (key: string) => contract.read(scope, key);
    return new ImportedSecurityGroups(scope, id, {
      albSecurityGroupId: read('albSecurityGroupId'),
      ecsSecurityGroupId: read('ecsSecurityGroupId'),
      databaseSecurityGroupId: read('databaseSecurityGroupId'),
      vpcEndpointSecurityGroupId: read('vpcEndpointSecurityGroupId'),
      databaseProxySecurityGroupId: options.databaseProxy ? read('databaseProxySecurityGroupId') : undefined,
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
  /** Of a database proxy; undefined where there is none. */
  public readonly databaseProxySecurityGroup?: ec2.ISecurityGroup;

  /** @throws when a port is not from 1 to 65535 or named twice, or a block is none, or of IPv6 without `dualStack`. */
  constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    const { applicationPort = 3000, databasePort = 5432, albPorts = [80, 443], dualStack = false } = props;
    const { additionalPorts = [], egressPorts = [443], egressPrefixLists = [] } = props;
    const everyone = dualStack ? ['0.0.0.0/0', '::/0'] : ['0.0.0.0/0'];
    const { albIngressCidrs = everyone, egressCidrs = everyone } = props;
    const clients = { albPorts, albIngressCidrs, dualStack };
    const egress = { egressCidrs, egressPorts, egressPrefixLists };
    validateSecurityGroups(this, { ...clients, ...egress, applicationPort, additionalPorts, databasePort });

    const group = (name: string, description: string) =>
      new ec2.SecurityGroup(this, name, { vpc: props.vpc, description, allowAllOutbound: false });
    const alb = group('Alb', 'Load balancer');
    const ecs = group('Ecs', 'Tasks of all services');
    const database = group('Database', 'Database');
    const vpcEndpoint = group('VpcEndpoint', 'Interface VPC endpoints');

    for (const cidr of albIngressCidrs) {
      for (const port of albPorts) alb.addIngressRule(peer(cidr), ec2.Port.tcp(port), 'Clients');
    }
    for (const port of [applicationPort, ...additionalPorts]) {
      allow(alb, ecs, port, 'Load balancer to services');
      allow(ecs, ecs, port, 'Services to each other');
    }
    allow(ecs, database, databasePort, 'Services to database');
    allow(ecs, vpcEndpoint, 443, 'Services to VPC endpoints');
    for (const cidr of egressCidrs) {
      for (const port of egressPorts) {
        ecs.addEgressRule(peer(cidr), ec2.Port.tcp(port), 'Services to registry, AWS and external APIs');
      }
    }
    for (const list of egressPrefixLists) {
      ecs.addEgressRule(ec2.Peer.prefixList(list), ec2.Port.HTTPS, 'Services to gateway endpoints');
    }
    if (props.databaseProxy) {
      const databaseProxy = group('DatabaseProxy', 'Database proxy');
      allow(ecs, databaseProxy, databasePort, 'Services to database proxy');
      allow(databaseProxy, database, databasePort, 'Database proxy to database');
      this.databaseProxySecurityGroup = databaseProxy;
    }

    this.albSecurityGroup = alb;
    this.ecsSecurityGroup = ecs;
    this.databaseSecurityGroup = database;
    this.vpcEndpointSecurityGroup = vpcEndpoint;
  }

  /** Publishes the groups' ids. */
  public publish(contract: SsmContract): void {
    const databaseProxy = this.databaseProxySecurityGroup;
    contract.publish(this, {
      albSecurityGroupId: this.albSecurityGroup.securityGroupId,
      ecsSecurityGroupId: this.ecsSecurityGroup.securityGroupId,
      databaseSecurityGroupId: this.databaseSecurityGroup.securityGroupId,
      vpcEndpointSecurityGroupId: this.vpcEndpointSecurityGroup.securityGroupId,
      ...(databaseProxy ? { databaseProxySecurityGroupId: databaseProxy.securityGroupId } : {}),
    });
  }
}

function peer(cidr: string): ec2.IPeer {
  return isIpv6(cidr) ? ec2.Peer.ipv6(cidr) : ec2.Peer.ipv4(cidr);
}

/** Opens both ends of one way. */
function allow(from: ec2.SecurityGroup, to: ec2.SecurityGroup, port: number, description: string): void {
  to.addIngressRule(from, ec2.Port.tcp(port), description);
  from.addEgressRule(to, ec2.Port.tcp(port), description);
}
