import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { DataKey, PostgresDatabase, type PostgresDatabaseProps } from '../index';

type Props = Omit<PostgresDatabaseProps, 'vpc' | 'securityGroup'>;

const contract = new SsmContract({ environment: 'test', stack: 'database' });

function templateOf(props: Props = {}, context?: Record<string, unknown>): Template {
  const stack = new Stack(new App({ context }), 'Stack');
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

const isolated = { name: 'database', subnetType: ec2.SubnetType.PRIVATE_ISOLATED };

function instanceOf(props?: Props): Record<string, unknown> {
  const [instance] = Object.values(templateOf(props).findResources('AWS::RDS::DBInstance'));
  return instance!.Properties as Record<string, unknown>;
}

describe('a database', () => {
  test.each([
    ['without feature flags', undefined],
    ['with all recommended feature flags', flags],
  ])('is by default private, encrypted, protected, in two zones, and logs to CloudWatch, %s', (_title, context) => {
    const template = templateOf({}, context);
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

  test('of a pinned minor version stays at it', () => {
    const template = templateOf({ majorVersion: '17', minorVersion: 9 });
    template.hasResourceProperties('AWS::RDS::DBInstance', {
      EngineVersion: '17.9',
      AutoMinorVersionUpgrade: false,
    });
    template.hasResourceProperties('AWS::RDS::DBParameterGroup', { Family: 'postgres17' });
  });

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

  test('from 400 GiB on has the performance it is told to have', () => {
    expect(instanceOf({ allocatedStorage: 400, iops: 16000, storageThroughput: 4000 })).toMatchObject({
      Iops: 16000,
      StorageThroughput: 4000,
    });
  });

  test('keeps 465 days of insights in the advanced mode, which takes no other retention, on small classes too', () => {
    expect(instanceOf({ advancedInsights: true })).toMatchObject({
      EnablePerformanceInsights: true,
      DatabaseInsightsMode: 'advanced',
      PerformanceInsightsRetentionPeriod: 465,
    });
    expect(instanceOf({ performanceInsights: true })).toMatchObject({ PerformanceInsightsRetentionPeriod: 7 });
  });

  test('has its storage and its insights encrypted with a given key', () => {
    const stack = new Stack(new App(), 'Keys');
    const encryptionKey = new DataKey(stack, 'Key', { description: 'Database' }).key;
    const vpc = new ec2.Vpc(stack, 'Vpc', { subnetConfiguration: [isolated] });
    const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
    new PostgresDatabase(stack, 'Database', { vpc, securityGroup, encryptionKey, performanceInsights: true });
    const key = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };
    Template.fromStack(stack).hasResourceProperties('AWS::RDS::DBInstance', {
      StorageEncrypted: true,
      KmsKeyId: key,
      PerformanceInsightsKMSKeyId: key,
    });
  });

  test('is watched, maintained and certified as it is told to be', () => {
    const template = templateOf({
      enhancedMonitoringInterval: Duration.seconds(15),
      logRetention: logs.RetentionDays.THREE_MONTHS,
      backupWindow: '23:45-00:15',
      maintenanceWindow: 'sun:23:00-sun:23:30',
      caCertificate: rds.CaCertificate.RDS_CA_RSA4096_G1,
      iamAuthentication: true,
    });
    template.hasResourceProperties('AWS::RDS::DBInstance', {
      MonitoringInterval: 15,
      MonitoringRoleArn: Match.anyValue(),
      PreferredBackupWindow: '23:45-00:15',
      PreferredMaintenanceWindow: 'sun:23:00-sun:23:30',
      CACertificateIdentifier: 'rds-ca-rsa4096-g1',
      EnableIAMDatabaseAuthentication: true,
    });
    template.resourcePropertiesCountIs('Custom::LogRetention', { RetentionInDays: 90 }, 2);
  });

  test.each([
    [undefined, undefined],
    [true, 'open-source-rds-extended-support'],
    [false, 'open-source-rds-extended-support-disabled'],
  ])('with extended support %p is told %p', (extendedSupport, expected) => {
    expect(instanceOf({ extendedSupport })['EngineLifecycleSupport']).toBe(expected);
  });

  test('from a snapshot leaves to it what RDS refuses to be told, and has a password of its own', () => {
    const template = templateOf({ snapshotIdentifier: 'before-the-move', databaseName: 'shop', username: 'owner' });
    template.hasResource('AWS::RDS::DBInstance', {
      DeletionPolicy: 'Snapshot',
      Properties: {
        DBSnapshotIdentifier: 'before-the-move',
        DBName: Match.absent(),
        MasterUsername: Match.absent(),
        StorageEncrypted: Match.absent(),
        MasterUserPassword: Match.anyValue(),
        DeletionProtection: true,
        MultiAZ: true,
      },
    });
    template.resourceCountIs('AWS::SecretsManager::SecretTargetAttachment', 1);
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: contract.parameterName('databaseName'),
      Value: 'shop',
    });
  });

  test('from a snapshot has the logical id of one that is not, so that restoring is a replacement', () => {
    const ids = (props: Props) => Object.keys(templateOf(props).findResources('AWS::RDS::DBInstance'));
    expect(ids({ snapshotIdentifier: 'before-the-move' })).toEqual(ids({}));
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
    ['a snapshot without a name', { snapshotIdentifier: '' }, /snapshotIdentifier must be the name or ARN.*got ""/],
    ['a minor version that is none', { minorVersion: 9.1 }, /minorVersion must be .*got 9\.1/],
    [
      'a chosen performance of small storage, as RDS does',
      { allocatedStorage: 399, iops: 12000 },
      /must be left out where allocatedStorage is below 400 GiB, got 399/,
    ],
    ['too few operations', { allocatedStorage: 400, iops: 3000 }, /iops must be .* 12000 to 64000, got 3000/],
    ['too low a throughput', { allocatedStorage: 400, storageThroughput: 125 }, /storageThroughput must be .*got 125/],
    [
      'more throughput than the operations carry',
      { allocatedStorage: 400, storageThroughput: 3500 },
      /a quarter of iops \(12000\) at most, 3000, got 3500/,
    ],
    [
      'advanced insights without insights',
      { advancedInsights: true, performanceInsights: false },
      /advancedInsights must not be true where performanceInsights is false/,
    ],
    [
      'an interval that RDS does not offer',
      { enhancedMonitoringInterval: Duration.seconds(20) },
      /enhancedMonitoringInterval must be 1, 5, .*got 20/,
    ],
    ['a backup window without an end', { backupWindow: '02:00' }, /backupWindow must be two times.*got "02:00"/],
    ['a backup window that is too short', { backupWindow: '02:00-02:29' }, /backupWindow must be 30 minutes or longer/],
    [
      'a maintenance window that is too long',
      { maintenanceWindow: 'mon:02:00-wed:02:00' },
      /maintenanceWindow must be 30 minutes to 24 hours long/,
    ],
    [
      'maintenance during backups',
      { backupWindow: '23:45-00:45', maintenanceWindow: 'mon:00:30-mon:01:30' },
      /must not overlap, got "23:45-00:45" and "mon:00:30-mon:01:30"/,
    ],
    [
      'a proxy on a port that it does not offer',
      { port: 6432, proxy: {} },
      /port must be 5432 where there is a proxy, .*got 6432/,
    ],
    [
      'a proxy and tokens of IAM',
      { iamAuthentication: true, proxy: {} },
      /iamAuthentication must not be true where there is a proxy/,
    ],
    [
      'a proxy that is told nonsense',
      {
        proxy: {
          maxConnectionsPercent: 101,
          connectionBorrowTimeout: Duration.hours(1),
          idleClientTimeout: Duration.days(1),
        },
      },
      /maxConnectionsPercent .*got 101[^]*connectionBorrowTimeout .*got 3600[^]*idleClientTimeout .*got 86400/,
    ],
    [
      'a rotation that is too fast',
      { rotation: { automaticallyAfter: Duration.hours(1) } },
      /rotation\.automaticallyAfter in seconds .*14400 to 86400000, got 3600/,
    ],
    ['clear-text connections', { parameters: { 'rds.force_ssl': '0' } }, /leave rds\.force_ssl at 1, got 0/],
  ])('refuses %s', (_title, props, message) => expect(() => templateOf(props)).toThrow(message));

  test('publishes a fixed set of keys, none of them secret', () => {
    const published = Object.values(templateOf().findResources('AWS::SSM::Parameter')).map((p) => p.Properties);
    const keys = ['instanceIdentifier', 'resourceId', 'endpointAddress', 'clientEndpointAddress', 'endpointPort'];
    expect(published.map((p) => p.Name).sort()).toEqual(
      [...keys, 'databaseName', 'credentialsSecretArn'].map((key) => contract.parameterName(key)).sort(),
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
    const proxied = { ...attrs, clientEndpointAddress: 'proxy.example.com' };
    expect(PostgresDatabase.fromPostgresDatabaseAttributes(new Stack(), 'Proxied', proxied)).toMatchObject({
      clientEndpointAddress: 'proxy.example.com',
    });
    const database = PostgresDatabase.fromPostgresDatabaseAttributes(new Stack(), 'Database', attrs);
    expect(database).toMatchObject({
      instanceIdentifier: 'db',
      resourceId: 'db-ABC',
      clientEndpointAddress: 'db.example.com',
      port: '5432',
      databaseName: 'shop',
    });
    expect(database.credentialsSecret.secretFullArn).toBe(arn);
  });
});
