import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { PostgresProxyOptions } from './postgres-proxy-options';
import type { PostgresRotationOptions } from './postgres-rotation-options';

/** Where and how a database runs. */
export interface PostgresDatabaseProps {
  /** The VPC, with isolated subnets in two zones or more. */
  readonly vpc: ec2.IVpc;

  /** Who may connect: this group allows the port from the services. */
  readonly securityGroup: ec2.ISecurityGroup;

  /**
   * PostgreSQL major version, `14` to `18`. The parameter group follows it.
   *
   * @default '17'
   */
  readonly majorVersion?: string;

  /**
   * PostgreSQL minor version, e.g. 9 for 17.9. RDS does not upgrade a pinned version by itself: it would then be newer
   * than the template's, and every update of the stack would fail to downgrade it (aws-cdk #15475).
   *
   * @default - AWS chooses the minor version, and upgrades it in the maintenance window
   */
  readonly minorVersion?: number;

  /**
   * Whether a change of `majorVersion` upgrades the database in place. Switch it on for the upgrade only.
   *
   * @default false - a change of `majorVersion` fails
   */
  readonly allowMajorVersionUpgrade?: boolean;

  /**
   * Instance class without `db.`.
   *
   * @default new ec2.InstanceType('t4g.micro')
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * Storage, in GiB, 20 to 65536.
   *
   * @default 20
   */
  readonly allocatedStorage?: number;

  /**
   * What storage grows to by itself, in GiB: 10 % or more above `allocatedStorage`, or equal to it to never grow.
   *
   * @default - 5 times `allocatedStorage`, 65536 at most
   */
  readonly maxAllocatedStorage?: number;

  /**
   * I/O operations per second of the storage, 12000 to 64000. RDS takes it where `allocatedStorage` is 400 or more.
   *
   * @default - 3000 below 400 GiB, 12000 from there on
   */
  readonly iops?: number;

  /**
   * Throughput of the storage in MiB per second, 500 to 4000, a quarter of `iops` at most. RDS takes it where
   * `allocatedStorage` is 400 or more.
   *
   * @default - 125 below 400 GiB, 500 from there on
   */
  readonly storageThroughput?: number;

  /**
   * Key that encrypts storage, snapshots and Performance Insights, of the same stack. A change of it replaces the
   * database.
   *
   * @default - the key that AWS manages for RDS
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether a standby in another zone takes over.
   *
   * @default true
   */
  readonly multiAz?: boolean;

  /**
   * How far back the database can be restored, in whole days up to 35; 0 for no backups.
   *
   * @default Duration.days(7)
   */
  readonly backupRetention?: Duration;

  /**
   * When backups are made, in UTC, 30 minutes or longer, e.g. `02:00-02:30`.
   *
   * @default - RDS chooses
   */
  readonly backupWindow?: string;

  /**
   * When RDS maintains the database, in UTC, 30 minutes or longer and not while it makes backups, e.g.
   * `sun:03:00-sun:03:30`.
   *
   * @default - RDS chooses
   */
  readonly maintenanceWindow?: string;

  /**
   * Name or ARN of a snapshot that the database is created from. Its storage is encrypted as the snapshot is.
   * `databaseName` and `username` must be those of the snapshot; the password is a new one.
   *
   * A change of it, and taking it out again, replaces the database: leave it in place once it is there.
   *
   * @default - the database is created empty
   */
  readonly snapshotIdentifier?: string;

  /**
   * Name of the database that is created.
   *
   * @default 'postgres'
   */
  readonly databaseName?: string;

  /**
   * Name of the user that owns it.
   *
   * @default 'postgres'
   */
  readonly username?: string;

  /**
   * The port it listens on, 1150 to 65535.
   *
   * @default 5432
   */
  readonly port?: number;

  /**
   * Engine parameters. `rds.force_ssl` is always 1.
   *
   * @default - the engine's
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Whether Performance Insights records what the database waits for, kept for the 7 days that cost nothing.
   *
   * @default - true, but false for micro and small burstable classes, which have no memory to spare
   */
  readonly performanceInsights?: boolean;

  /**
   * Whether Performance Insights are part of Database Insights in its advanced mode, which keeps 465 days of them, at a
   * charge by the vCPU and hour.
   *
   * @default false
   */
  readonly advancedInsights?: boolean;

  /**
   * How often the operating system's metrics are taken (enhanced monitoring): every 1, 5, 10, 15, 30 or 60 seconds.
   *
   * @default - never
   */
  readonly enhancedMonitoringInterval?: Duration;

  /**
   * How long CloudWatch keeps the database's logs. A Lambda function of the CDK sets it, since RDS makes the log groups.
   *
   * @default - for ever
   */
  readonly logRetention?: RetentionDays;

  /**
   * Whether users that have the role `rds_iam` log in with a token of IAM.
   *
   * @default false
   */
  readonly iamAuthentication?: boolean;

  /**
   * The authority that signs the certificate of the database. A change of it may restart the database.
   *
   * @default - the account's default in the region
   */
  readonly caCertificate?: rds.CaCertificate;

  /**
   * Whether RDS runs the major version, at an extra charge, beyond the end of its standard support. If not, RDS upgrades
   * it to the next major version then.
   *
   * @default - RDS's own choice, which is true
   */
  readonly extendedSupport?: boolean;

  /**
   * An RDS Proxy between services and database, which pools connections. It has the security group of the database, and
   * the port 5432.
   *
   * @default - none
   */
  readonly proxy?: PostgresProxyOptions;

  /**
   * A new password, again and again.
   *
   * @default - the password stays
   */
  readonly rotation?: PostgresRotationOptions;

  /**
   * Deletion protection, a snapshot when the database is deleted, and credentials that outlive the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/** A database by its values. */
export interface PostgresDatabaseAttributes {
  /** The instance's identifier, as metrics name it. */
  readonly instanceIdentifier: string;
  /** The instance's resource id (`db-…`), as IAM policies for database users name it. */
  readonly resourceId: string;
  /** Host name of the instance. */
  readonly endpointAddress: string;
  /** Port that clients connect to. */
  readonly endpointPort: string;
  /**
   * Host name that services connect to: that of the proxy, if there is one.
   *
   * @default - `endpointAddress`
   */
  readonly clientEndpointAddress?: string;
  /** Name of the database. */
  readonly databaseName: string;
  /** Complete ARN of the secret with `username` and `password`. */
  readonly credentialsSecretArn: string;
}
