import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { PostgresDatabase, type PostgresDatabaseProps } from '../index';

type Props = Pick<PostgresDatabaseProps, 'proxy' | 'rotation' | 'port'>;

const contract = new SsmContract({ environment: 'test', stack: 'database' });

/** A database in a stack of its own, whose network and security group are another stack's. */
function stacksOf(props: Props): { network: Stack; database: Stack } {
  const app = new App();
  const network = new Stack(app, 'Network');
  const vpc = new ec2.Vpc(network, 'Vpc', {
    maxAzs: 2,
    subnetConfiguration: [
      { name: 'public', subnetType: ec2.SubnetType.PUBLIC },
      { name: 'private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      { name: 'database', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    ],
  });
  const securityGroup = new ec2.SecurityGroup(network, 'Group', { vpc, allowAllOutbound: false });
  const database = new Stack(app, 'Database');
  new PostgresDatabase(database, 'Database', { vpc, securityGroup, ...props }).publish(contract);
  return { network, database };
}

function templateOf(props: Props): Template {
  return Template.fromStack(stacksOf(props).database);
}

const group = { 'Fn::ImportValue': Match.stringLikeRegexp('Group') };

describe('a proxy', () => {
  test('takes TLS only, in the isolated subnets, and is where services connect to', () => {
    const template = templateOf({ proxy: {} });
    template.hasResourceProperties('AWS::RDS::DBProxy', {
      EngineFamily: 'POSTGRESQL',
      RequireTLS: true,
      Auth: [Match.objectLike({ AuthScheme: 'SECRETS', IAMAuth: 'DISABLED', SecretArn: Match.anyValue() })],
      VpcSecurityGroupIds: [group],
      VpcSubnetIds: [Match.anyValue(), Match.anyValue()],
    });
    expect(JSON.stringify(template.findResources('AWS::RDS::DBProxy'))).toContain('databaseSubnet1');
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: contract.parameterName('clientEndpointAddress'),
      Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('Proxy'), 'Endpoint'] },
    });
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: contract.parameterName('endpointAddress'),
      Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('Instance'), 'Endpoint.Address'] },
    });
  });

  test('pools connections to the instance, and leaves some of them to others', () => {
    templateOf({ proxy: {} }).hasResourceProperties('AWS::RDS::DBProxyTargetGroup', {
      TargetGroupName: 'default',
      DBInstanceIdentifiers: [{ Ref: Match.stringLikeRegexp('Instance') }],
      ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: 90 },
    });
    const proxy = {
      maxConnectionsPercent: 50,
      connectionBorrowTimeout: Duration.seconds(10),
      idleClientTimeout: Duration.minutes(5),
    };
    const template = templateOf({ proxy });
    template.hasResourceProperties('AWS::RDS::DBProxyTargetGroup', {
      ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: 50, ConnectionBorrowTimeout: 10 },
    });
    template.hasResourceProperties('AWS::RDS::DBProxy', { IdleClientTimeout: 300 });
  });

  test('reaches the instance by rules of its own stack, so that the group’s stack stays as it is', () => {
    const template = templateOf({ proxy: {} });
    const rule = { GroupId: group, IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432 };
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { ...rule, SourceSecurityGroupId: group });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { ...rule, DestinationSecurityGroupId: group });
    const rules = (props: Props) => {
      const { network } = stacksOf(props);
      return Object.values(Template.fromStack(network).findResources('AWS::EC2::SecurityGroup'));
    };
    expect(rules({ proxy: {} })).toEqual(rules({}));
  });

  test('may read the credentials of the database, and nothing else', () => {
    templateOf({ proxy: {} }).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'rds.amazonaws.com' } })] },
      Policies: [
        Match.objectLike({
          PolicyDocument: Match.objectLike({
            Statement: [
              {
                Effect: 'Allow',
                Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
                Resource: { Ref: Match.stringLikeRegexp('CredentialsAttachment') },
              },
            ],
          }),
        }),
      ],
    });
  });

  test('is not there unless asked for: services connect to the instance', () => {
    const template = templateOf({});
    template.resourceCountIs('AWS::RDS::DBProxy', 0);
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: contract.parameterName('clientEndpointAddress'),
      Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('Instance'), 'Endpoint.Address'] },
    });
  });
});

describe('rotation', () => {
  test('makes a password every 30 days that is safe in a URL, and none because the schedule was changed', () => {
    const template = templateOf({ rotation: {} });
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
      RotateImmediatelyOnUpdate: false,
      HostedRotationLambda: Match.objectLike({ RotationType: 'PostgreSQLSingleUser' }),
    });
    const [schedule] = Object.values(template.findResources('AWS::SecretsManager::RotationSchedule'));
    const excluded: string = schedule!.Properties.HostedRotationLambda.ExcludeCharacters;
    const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
    const left = printable.filter((character) => !excluded.includes(character)).join('');
    expect(left).toBe('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
  });

  test('runs in the private subnets, in a group that may reach the database and Secrets Manager', () => {
    const template = templateOf({ rotation: {} });
    const [schedule] = Object.values(template.findResources('AWS::SecretsManager::RotationSchedule'));
    expect(JSON.stringify(schedule!.Properties.HostedRotationLambda.VpcSubnetIds)).toContain('privateSubnet1');
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [
        Match.objectLike({ DestinationSecurityGroupId: group, FromPort: 5432, ToPort: 5432 }),
        Match.objectLike({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 }),
      ],
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 5432, GroupId: group });
  });

  test('takes a group and subnets that have a way already, and then changes no rule', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      subnetConfiguration: [{ name: 'all', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1', { mutable: false });
    const rotation = {
      automaticallyAfter: Duration.days(7),
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Services', 'sg-2', { mutable: false }),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    };
    new PostgresDatabase(stack, 'Database', { vpc, securityGroup, rotation });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      RotationRules: { ScheduleExpression: 'rate(7 days)' },
      HostedRotationLambda: Match.objectLike({ VpcSecurityGroupIds: 'sg-2' }),
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    template.resourceCountIs('AWS::EC2::SecurityGroup', 0);
  });

  test('is not there unless asked for, nor is the transform of the template that it needs', () => {
    const template = templateOf({});
    template.resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
    expect(template.toJSON().Transform).toBeUndefined();
    expect(templateOf({ rotation: {} }).toJSON().Transform).toBe('AWS::SecretsManager-2024-09-16');
  });
});
