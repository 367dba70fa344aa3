import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { PostgresRotationOptions } from './postgres-rotation-options';

/** All of ASCII's: a password is part of a URL, in which none of them can stand for itself everywhere. */
const PUNCTUATION = ' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

interface PostgresRotationProps extends PostgresRotationOptions {
  readonly vpc: ec2.IVpc;
  readonly databaseSecurityGroup: ec2.ISecurityGroup;
  readonly port: number;
  readonly credentialsSecret: secretsmanager.ISecret;
}

/**
 * Rotates the owner's password with the function that AWS maintains, which the template's transform
 * `AWS::SecretsManager-2024-09-16` adds to the stack.
 */
export class PostgresRotation extends Construct {
  constructor(scope: Construct, id: string, props: PostgresRotationProps) {
    super(scope, id);
    const { vpc, vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } } = props;
    new secretsmanager.RotationSchedule(this, 'Schedule', {
      secret: props.credentialsSecret,
      automaticallyAfter: props.automaticallyAfter ?? Duration.days(30),
      // Otherwise every change of the schedule would be a new password in the middle of a deployment.
      rotateImmediatelyOnUpdate: false,
      hostedRotation: secretsmanager.HostedRotation.postgreSqlSingleUser({
        vpc,
        vpcSubnets,
        securityGroups: [props.securityGroup ?? this.createSecurityGroup(props)],
        excludeCharacters: PUNCTUATION,
      }),
    });
  }

  /** Its rule at the database is made here: the database's group may be of another stack. */
  private createSecurityGroup({ vpc, databaseSecurityGroup, port }: PostgresRotationProps): ec2.ISecurityGroup {
    const description = 'Rotation of the database password';
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, description, allowAllOutbound: false });
    const database = ec2.Peer.securityGroupId(databaseSecurityGroup.securityGroupId);
    group.addEgressRule(database, ec2.Port.tcp(port), 'Database');
    group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'Secrets Manager');
    new ec2.CfnSecurityGroupIngress(this, 'FromRotation', {
      groupId: databaseSecurityGroup.securityGroupId,
      sourceSecurityGroupId: group.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description,
    });
    return group;
  }
}
