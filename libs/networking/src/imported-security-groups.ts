import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { ISecurityGroups, SecurityGroupsAttributes } from './security-groups-interface';

/** Security groups that exist already, by their ids. */
export class ImportedSecurityGroups extends Construct implements ISecurityGroups {
  public readonly albSecurityGroup: ec2.ISecurityGroup;
  public readonly ecsSecurityGroup: ec2.ISecurityGroup;
  public readonly databaseSecurityGroup: ec2.ISecurityGroup;
  public readonly vpcEndpointSecurityGroup: ec2.ISecurityGroup;
  public readonly databaseProxySecurityGroup?: ec2.ISecurityGroup;

  constructor(scope: Construct, id: string, attrs: SecurityGroupsAttributes) {
    super(scope, id);
    // Immutable: every rule is written by the stack that owns the groups, where no cycle can come of it.
    const group = (name: string, groupId: string) =>
      ec2.SecurityGroup.fromSecurityGroupId(this, name, groupId, { mutable: false });
    this.albSecurityGroup = group('Alb', attrs.albSecurityGroupId);
    this.ecsSecurityGroup = group('Ecs', attrs.ecsSecurityGroupId);
    this.databaseSecurityGroup = group('Database', attrs.databaseSecurityGroupId);
    this.vpcEndpointSecurityGroup = group('VpcEndpoint', attrs.vpcEndpointSecurityGroupId);
    if (attrs.databaseProxySecurityGroupId !== undefined) {
      this.databaseProxySecurityGroup = group('DatabaseProxy', attrs.databaseProxySecurityGroupId);
    }
  }
}
