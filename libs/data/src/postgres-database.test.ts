import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { PostgresDatabase, type PostgresDatabaseProps } from './index';

type Props = Omit<PostgresDatabaseProps, 'vpc' | 'securityGroup'>;

const contract = new SsmContract({ environment: 'test', stack: 'database' });

function templateOf(props: Props = {}): Template {
  const stack = new Stack(new App(), 'Stack');
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    isolatedSubnetIds: ['subnet-1', 'subnet-2'],
    isolatedSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
  });
  const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1', { mutable: false });
  new PostgresDatabase(stack, 'Database', { vpc, securityGroup, ...props }).publish(contract);
  return Template.fromStack(stack);
}

function instanceOf(props?: Props): Record<string, unknown> {
  const [instance] = Object.values(templateOf(props).findResources('AWS::RDS::DBInstance'));
  return instance!.Properties as Record<string, unknown>;
}

describe('a database', () => {
  test('is by default private, encrypted, protected, in two zones, and logs to CloudWatch', () => {
    const template = templateOf();
    template.hasResource('AWS::RDS::DBInstance', {
      DeletionPolicy: 'Snapshot',
      UpdateReplacePolicy: 'Snapshot',
      Properties: {
        DBInstanceIdentifier: Match.absent(),
        DBInstanceClass: 'db.t4g.micro',
        PubliclyAccessible: false,
        StorageEncrypted: true,
        StorageType: 'gp3',
        MaxAllocatedStorage: 100,
        MultiAZ: true,
        DeletionProtection: true,
        DeleteAutomatedBackups: false,
        BackupRetentionPeriod: 7,
        EnableCloudwatchLogsExports: ['postgresql', 'upgrade'],
        VPCSecurityGroups: ['sg-1'],
      },
    });
    template.hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: ['subnet-1', 'subnet-2'] });
  });

  test.each(['16', '17', '18'])(
    'of major version %s follows minor versions, and has a parameter group of that version that demands TLS',
    (majorVersion) => {
      const template = templateOf({ majorVersion });
      template.hasResourceProperties('AWS::RDS::DBInstance', {
        EngineVersion: majorVersion,
        AutoMinorVersionUpgrade: true,
        AllowMajorVersionUpgrade: false,
      });
      template.hasResourceProperties('AWS::RDS::DBParameterGroup', {
        Family: `postgres${majorVersion}`,
        Parameters: { 'rds.force_ssl': '1' },
      });
    },
  );

  test('has a generated password that is safe in a URL and that no template shows', () => {
    const template = templateOf({ username: 'owner' });
    template.hasResource('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'Retain',
      Properties: {
        GenerateSecretString: Match.objectLike({
          SecretStringTemplate: '{"username":"owner"}',
          GenerateStringKey: 'password',
          ExcludePunctuation: true,
        }),
      },
    });
    expect(JSON.stringify(instanceOf().MasterUserPassword)).toContain('{{resolve:secretsmanager:');
  });

  test('takes every choice that is offered, and is deleted without a trace where nothing is protected', () => {
    const template = templateOf({
      allowMajorVersionUpgrade: true,
      instanceType: new ec2.InstanceType('m7g.large'),
      allocatedStorage: 100,
      maxAllocatedStorage: 200,
      multiAz: false,
      backupRetention: Duration.days(0),
      databaseName: 'shop',
      port: 6432,
      parameters: { log_min_duration_statement: '500' },
      protect: false,
    });
    template.hasResource('AWS::RDS::DBInstance', {
      DeletionPolicy: 'Delete',
      Properties: {
        AllowMajorVersionUpgrade: true,
        DBInstanceClass: 'db.m7g.large',
        AllocatedStorage: '100',
        MaxAllocatedStorage: 200,
        MultiAZ: false,
        BackupRetentionPeriod: 0,
        DBName: 'shop',
        Port: '6432',
        DeletionProtection: false,
        DeleteAutomatedBackups: true,
      },
    });
    template.hasResourceProperties('AWS::RDS::DBParameterGroup', {
      Parameters: { 'rds.force_ssl': '1', log_min_duration_statement: '500' },
    });
    template.hasResource('AWS::SecretsManager::Secret', { DeletionPolicy: 'Delete' });
  });

  test.each([
    ['t4g.micro', undefined],
    ['t3.small', undefined],
    ['t4g.medium', true],
    ['m7g.large', true],
  ])('of class %s has Performance Insights: %p', (type, enabled) => {
    expect(instanceOf({ instanceType: new ec2.InstanceType(type) }).EnablePerformanceInsights || undefined).toBe(
      enabled,
    );
  });

  test('does not grow where the limit equals the storage', () => {
    expect(instanceOf({ allocatedStorage: 50, maxAllocatedStorage: 50 }).MaxAllocatedStorage).toBeUndefined();
  });

  test.each<[string, Props, RegExp]>([
    ['an unknown major version', { majorVersion: '17.2' }, /majorVersion must be .* "14" to "18", got "17\.2"/],
    ['too little storage', { allocatedStorage: 5 }, /allocatedStorage must be .*from 20 to 65536, got 5/],
    ['a limit that RDS refuses', { allocatedStorage: 100, maxAllocatedStorage: 105 }, /10 % or more above .*got 105/],
    ['a limit below the storage', { allocatedStorage: 100, maxAllocatedStorage: 50 }, /above allocatedStorage \(100\)/],
    ['a port that RDS does not offer', { port: 80 }, /port must be .*from 1150 to 65535, got 80/],
    ['backups kept too long', { backupRetention: Duration.days(36) }, /backupRetention in days .*0 to 35, got 36/],
    [
      'a protected database without backups',
      { backupRetention: Duration.days(0) },
      /1 day or more where protect is true/,
    ],
    ['a database name with a dash', { databaseName: 'v3-backend' }, /databaseName must be a letter.*got "v3-backend"/],
    ['a user that RDS reserves', { username: 'rdsadmin' }, /reserves, got "rdsadmin"/],
    ['clear-text connections', { parameters: { 'rds.force_ssl': '0' } }, /leave rds\.force_ssl at 1, got 0/],
  ])('refuses %s', (_title, props, message) => expect(() => templateOf(props)).toThrow(message));

  test('publishes a fixed set of keys, none of them secret', () => {
    const published = Object.values(templateOf().findResources('AWS::SSM::Parameter')).map((p) => p.Properties);
    const keys = ['instanceIdentifier', 'resourceId', 'endpointAddress', 'endpointPort', 'databaseName'];
    expect(published.map((p) => p.Name).sort()).toEqual(
      [...keys, 'credentialsSecretArn'].map((key) => contract.parameterName(key)).sort(),
    );
    expect(JSON.stringify(published)).not.toContain('resolve:');
  });
});

describe('an imported database', () => {
  test('from SSM reads only what is used, and its port can be part of a URL', () => {
    const stack = new Stack(new App(), 'Stack');
    const database = PostgresDatabase.fromSsm(stack, 'Database', contract);
    new ec2.CfnSecurityGroup(stack, 'Url', { groupDescription: `//${database.endpointAddress}:${database.port}/` });
    const template = Template.fromStack(stack);
    const read = Object.values(template.findParameters('*', { Default: Match.stringLikeRegexp('^/v3-backend') }));
    expect(read.map((parameter) => parameter['Default'])).toEqual([
      contract.parameterName('endpointAddress'),
      contract.parameterName('endpointPort'),
    ]);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: {
        'Fn::Join': ['', ['//', { Ref: Match.anyValue() }, ':', { Ref: Match.stringLikeRegexp('endpointPort') }, '/']],
      },
    });
  });

  test('from attributes has the given values', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:name-AbCdEf';
    const attrs = {
      instanceIdentifier: 'db',
      resourceId: 'db-ABC',
      endpointAddress: 'db.example.com',
      endpointPort: '5432',
      databaseName: 'shop',
      credentialsSecretArn: arn,
    };
    const database = PostgresDatabase.fromPostgresDatabaseAttributes(new Stack(), 'Database', attrs);
    expect(database).toMatchObject({
      instanceIdentifier: 'db',
      resourceId: 'db-ABC',
      port: '5432',
      databaseName: 'shop',
    });
    expect(database.credentialsSecret.secretFullArn).toBe(arn);
  });
});
