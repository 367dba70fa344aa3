import { Names } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { PostgresProxyOptions } from './postgres-proxy-options';

/** RDS allows 63 characters. */
const MAX_NAME_LENGTH = 63;

interface PostgresProxyProps extends PostgresProxyOptions {
  readonly vpc: ec2.IVpc;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly port: number;
  readonly instanceIdentifier: string;
  readonly credentialsSecret: secretsmanager.ISecret;
}

/**
 * An RDS Proxy in front of an instance: TLS only, with the password of the instance's owner.
 *
 * It has the security group of the instance: whoever may connect to the one may connect to the other, and no group of
 * another stack has to change. Made of L1 constructs, since `DatabaseProxy` writes its rules into the stack of the group.
 */
export class PostgresProxy extends Construct {
  /** Host name that clients connect to. */
  public readonly endpointAddress: string;

  constructor(scope: Construct, id: string, props: PostgresProxyProps) {
    super(scope, id);
    this.allowProxyToInstance(props.securityGroup, props.port);
    const proxy = new rds.CfnDBProxy(this, 'Proxy', {
      dbProxyName: Names.uniqueResourceName(this, { maxLength: MAX_NAME_LENGTH, separator: '-' }),
      engineFamily: 'POSTGRESQL',
      requireTls: true,
      auth: [{ authScheme: 'SECRETS', iamAuth: 'DISABLED', secretArn: props.credentialsSecret.secretArn }],
      roleArn: this.roleThatReads(props.credentialsSecret).roleArn,
      vpcSubnetIds: props.vpc.selectSubnets({ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }).subnetIds,
      vpcSecurityGroupIds: [props.securityGroup.securityGroupId],
      idleClientTimeout: props.idleClientTimeout?.toSeconds(),
    });
    new rds.CfnDBProxyTargetGroup(this, 'Targets', {
      dbProxyName: proxy.ref,
      // A proxy has this group and no other.
      targetGroupName: 'default',
      dbInstanceIdentifiers: [props.instanceIdentifier],
      connectionPoolConfigurationInfo: {
        maxConnectionsPercent: props.maxConnectionsPercent ?? 90,
        connectionBorrowTimeout: props.connectionBorrowTimeout?.toSeconds(),
      },
    });
    this.endpointAddress = proxy.attrEndpoint;
  }

  private allowProxyToInstance({ securityGroupId }: ec2.ISecurityGroup, port: number): void {
    const rule = { groupId: securityGroupId, ipProtocol: 'tcp', fromPort: port, toPort: port };
    new ec2.CfnSecurityGroupIngress(this, 'FromProxy', {
      ...rule,
      sourceSecurityGroupId: securityGroupId,
      description: 'RDS Proxy to database',
    });
    new ec2.CfnSecurityGroupEgress(this, 'ToDatabase', {
      ...rule,
      destinationSecurityGroupId: securityGroupId,
      description: 'RDS Proxy to database',
    });
  }

  private roleThatReads(secret: secretsmanager.ISecret): iam.Role {
    return new iam.Role(this, 'Role', {
      description: 'With which the RDS Proxy reads the credentials of the database',
      assumedBy: new iam.ServicePrincipal('rds.amazonaws.com'),
      inlinePolicies: {
        ReadCredentials: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
              resources: [secret.secretArn],
            }),
          ],
        }),
      },
    });
  }
}
