import type { SsmContract } from '@v3-backend/core';
import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ImportedPostgresDatabase } from './imported-postgres-database';
import { type PostgresSettings, resolvePostgresSettings } from './postgres-database-defaults';
import type { PostgresDatabaseAttributes, PostgresDatabaseProps } from './postgres-database-props';

/** A PostgreSQL database. */
export interface IPostgresDatabase {
  /** The instance's identifier, as metrics name it. */
  readonly instanceIdentifier: string;
  /** The instance's resource id (`db-…`), as IAM policies for database users name it. */
  readonly resourceId: string;
  /** Host name that clients connect to. */
  readonly endpointAddress: string;
  /** Port that clients connect to, as text: a token in it survives being part of a URL. */
  readonly port: string;
  /** Name of the database. */
  readonly databaseName: string;
  /** JSON: `username` and `password`; the password has letters and digits only, so it is safe in a URL. */
  readonly credentialsSecret: secretsmanager.ISecret;
}

/**
 * An RDS for PostgreSQL instance in isolated subnets: encrypted, TLS only, gp3 storage that grows, generated password,
 * logs in CloudWatch.
 */
export class PostgresDatabase extends Construct implements IPostgresDatabase {
  /** A database that exists already. */
  public static fromPostgresDatabaseAttributes(
    scope: Construct,
    id: string,
    attrs: PostgresDatabaseAttributes,
  ): IPostgresDatabase {
    return new ImportedPostgresDatabase(scope, id, attrs);
  }

  /** The database whose stack published `contract`. Only what a template uses is read. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IPostgresDatabase {
    const read = (key: string) => contract.read(scope, key);
    return new ImportedPostgresDatabase(scope, id, {
      instanceIdentifier: read('instanceIdentifier'),
      resourceId: read('resourceId'),
      endpointAddress: read('endpointAddress'),
      endpointPort: read('endpointPort'),
      databaseName: read('databaseName'),
      credentialsSecretArn: read('credentialsSecretArn'),
    });
  }

  /** The instance. */
  public readonly instance: rds.DatabaseInstance;
  public readonly instanceIdentifier: string;
  public readonly resourceId: string;
  public readonly endpointAddress: string;
  public readonly port: string;
  public readonly databaseName: string;
  public readonly credentialsSecret: secretsmanager.ISecret;

  /** @throws when a prop is out of range, or props contradict each other; all problems in one error. */
  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    const settings = resolvePostgresSettings(this, props);
    const credentials = createCredentials(this, settings);

    this.instance = createInstance(this, props, settings, credentials);
    this.instanceIdentifier = this.instance.instanceIdentifier;
    // The attribute exists on every instance that is created here; it is optional for imported ones only.
    this.resourceId = this.instance.instanceResourceId!;
    this.endpointAddress = this.instance.dbInstanceEndpointAddress;
    this.port = this.instance.dbInstanceEndpointPort;
    this.databaseName = settings.databaseName;
    // The attachment, not the secret itself: who refers to it waits until host and port are in the secret.
    this.credentialsSecret = this.instance.secret ?? credentials;
  }

  /** Publishes where the database is and which secret opens it. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      instanceIdentifier: this.instanceIdentifier,
      resourceId: this.resourceId,
      endpointAddress: this.endpointAddress,
      endpointPort: this.port,
      databaseName: this.databaseName,
      credentialsSecretArn: this.credentialsSecret.secretArn,
    });
  }
}

function createCredentials(scope: Construct, settings: PostgresSettings): secretsmanager.Secret {
  return new secretsmanager.Secret(scope, 'Credentials', {
    description: 'Owner of the database',
    removalPolicy: settings.protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ username: settings.username }),
      generateStringKey: 'password',
      passwordLength: 40,
      // No character that a connection URL would have to escape.
      excludePunctuation: true,
    },
  });
}

function createInstance(
  scope: Construct,
  props: PostgresDatabaseProps,
  settings: PostgresSettings,
  credentials: secretsmanager.ISecret,
): rds.DatabaseInstance {
  // A major version without a minor one follows automatic minor upgrades; a pinned minor one would soon be a downgrade.
  const version = rds.PostgresEngineVersion.of(settings.majorVersion, settings.majorVersion);
  const engine = rds.DatabaseInstanceEngine.postgres({ version });
  return new rds.DatabaseInstance(scope, 'Instance', {
    engine,
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: settings.allowMajorVersionUpgrade,
    parameterGroup: new rds.ParameterGroup(scope, 'Parameters', {
      engine,
      description: `PostgreSQL ${settings.majorVersion}, TLS only`,
      parameters: settings.parameters,
    }),
    vpc: props.vpc,
    subnetGroup: new rds.SubnetGroup(scope, 'Subnets', {
      vpc: props.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      description: 'Isolated subnets',
    }),
    securityGroups: [props.securityGroup],
    publiclyAccessible: false,
    port: settings.port,
    databaseName: settings.databaseName,
    credentials: rds.Credentials.fromSecret(credentials, settings.username),
    instanceType: settings.instanceType,
    multiAz: settings.multiAz,
    storageType: rds.StorageType.GP3,
    storageEncrypted: true,
    allocatedStorage: settings.allocatedStorage,
    maxAllocatedStorage: settings.maxAllocatedStorage,
    backupRetention: settings.backupRetention,
    deleteAutomatedBackups: !settings.protect,
    copyTagsToSnapshot: true,
    cloudwatchLogsExports: ['postgresql', 'upgrade'],
    enablePerformanceInsights: settings.performanceInsights,
    performanceInsightRetention: settings.performanceInsights ? rds.PerformanceInsightRetention.DEFAULT : undefined,
    deletionProtection: settings.protect,
    removalPolicy: settings.protect ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY,
  });
}
