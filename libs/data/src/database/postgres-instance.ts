import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { PostgresSettings } from './postgres-settings';

/** An instance of its own, or restored from a snapshot; both have the same logical id. */
export type PostgresInstance = rds.DatabaseInstance | rds.DatabaseInstanceFromSnapshot;

/** The instance with its subnet group and parameter group. */
export function createInstance(
  scope: Construct,
  settings: PostgresSettings,
  credentials: secretsmanager.ISecret,
): PostgresInstance {
  const common = instanceProps(scope, settings);
  if (settings.snapshotIdentifier) {
    // The names of database and owner, and the encryption, are the snapshot's: RDS refuses to be told.
    return new rds.DatabaseInstanceFromSnapshot(scope, 'Instance', {
      ...common,
      snapshotIdentifier: settings.snapshotIdentifier,
      credentials: rds.SnapshotCredentials.fromSecret(credentials),
    });
  }
  return new rds.DatabaseInstance(scope, 'Instance', {
    ...common,
    databaseName: settings.databaseName,
    credentials: rds.Credentials.fromSecret(credentials, settings.username),
    storageEncrypted: true,
    storageEncryptionKey: settings.encryptionKey,
  });
}

function instanceProps(scope: Construct, settings: PostgresSettings): rds.DatabaseInstanceSourceProps {
  const engine = rds.DatabaseInstanceEngine.postgres({ version: engineVersion(settings) });
  return {
    engine,
    // A pinned minor version must stay; a major version alone matches any minor one that RDS upgrades to.
    autoMinorVersionUpgrade: settings.minorVersion === undefined,
    allowMajorVersionUpgrade: settings.allowMajorVersionUpgrade,
    engineLifecycleSupport: lifecycleSupport(settings.extendedSupport),
    parameterGroup: new rds.ParameterGroup(scope, 'Parameters', {
      engine,
      description: `PostgreSQL ${settings.majorVersion}, TLS only`,
      parameters: settings.parameters,
    }),
    vpc: settings.vpc,
    subnetGroup: new rds.SubnetGroup(scope, 'Subnets', {
      vpc: settings.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      description: 'Isolated subnets',
    }),
    securityGroups: [settings.securityGroup],
    publiclyAccessible: false,
    port: settings.port,
    caCertificate: settings.caCertificate,
    iamAuthentication: settings.iamAuthentication,
    instanceType: settings.instanceType,
    multiAz: settings.multiAz,
    ...storage(settings),
    backupRetention: settings.backupRetention,
    preferredBackupWindow: settings.backupWindow,
    preferredMaintenanceWindow: settings.maintenanceWindow,
    deleteAutomatedBackups: !settings.protect,
    copyTagsToSnapshot: true,
    ...observation(settings),
    deletionProtection: settings.protect,
    removalPolicy: settings.protect ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY,
  };
}

function engineVersion({ majorVersion, minorVersion }: PostgresSettings): rds.PostgresEngineVersion {
  const version = minorVersion === undefined ? majorVersion : `${majorVersion}.${minorVersion}`;
  return rds.PostgresEngineVersion.of(version, majorVersion);
}

function lifecycleSupport(extendedSupport?: boolean): rds.EngineLifecycleSupport | undefined {
  if (extendedSupport === undefined) return undefined;
  return extendedSupport
    ? rds.EngineLifecycleSupport.OPEN_SOURCE_RDS_EXTENDED_SUPPORT
    : rds.EngineLifecycleSupport.OPEN_SOURCE_RDS_EXTENDED_SUPPORT_DISABLED;
}

function storage(settings: PostgresSettings): Partial<rds.DatabaseInstanceSourceProps> {
  return {
    storageType: rds.StorageType.GP3,
    allocatedStorage: settings.allocatedStorage,
    maxAllocatedStorage: settings.maxAllocatedStorage,
    iops: settings.iops,
    storageThroughput: settings.storageThroughput,
  };
}

function observation(settings: PostgresSettings): Partial<rds.DatabaseInstanceSourceProps> {
  const insights = settings.performanceInsights && {
    performanceInsightRetention: settings.advancedInsights
      ? // The advanced mode takes no other.
        rds.PerformanceInsightRetention.MONTHS_15
      : rds.PerformanceInsightRetention.DEFAULT,
    performanceInsightEncryptionKey: settings.encryptionKey,
    databaseInsightsMode: settings.advancedInsights ? rds.DatabaseInsightsMode.ADVANCED : undefined,
  };
  return {
    cloudwatchLogsExports: ['postgresql', 'upgrade'],
    cloudwatchLogsRetention: settings.logRetention,
    monitoringInterval: settings.enhancedMonitoringInterval,
    enablePerformanceInsights: settings.performanceInsights,
    ...insights,
  };
}
