import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Where and how a database runs. */
export interface PostgresDatabaseProps {
  /** The VPC, with isolated subnets in two zones or more. */
  readonly vpc: ec2.IVpc;

  /** Who may connect: this group allows the port from the services. */
  readonly securityGroup: ec2.ISecurityGroup;

  /**
   * PostgreSQL major version, `14` to `18`. AWS chooses and upgrades the minor version.
   *
   * @default '17'
   */
  readonly majorVersion?: string;

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
  /** Host name that clients connect to. */
  readonly endpointAddress: string;
  /** Port that clients connect to. */
  readonly endpointPort: string;
  /** Name of the database. */
  readonly databaseName: string;
  /** Complete ARN of the secret with `username` and `password`. */
  readonly credentialsSecretArn: string;
}
