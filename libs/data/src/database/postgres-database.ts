import type { SsmContract } from '@v3-backend/core';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ImportedPostgresDatabase } from './imported-postgres-database';
import { createCredentials } from './postgres-credentials';
import type { PostgresDatabaseAttributes, PostgresDatabaseProps } from './postgres-database-props';
import { createInstance } from './postgres-instance';
import { PostgresProxy } from './postgres-proxy';
import { PostgresRotation } from './postgres-rotation';
import { resolvePostgresSettings } from './postgres-settings';
import { validatePostgresSettings } from './postgres-validation';

/** A PostgreSQL database. */
export interface IPostgresDatabase {
  /** The instance's identifier, as metrics name it. */
  readonly instanceIdentifier: string;
  /** The instance's resource id (`db-…`), as IAM policies for database users name it. */
  readonly resourceId: string;
  /** Host name of the instance. */
  readonly endpointAddress: string;
  /** Host name that services connect to: that of the proxy, or where there is none, of the instance. */
  readonly clientEndpointAddress: string;
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
      clientEndpointAddress: read('clientEndpointAddress'),
      endpointPort: read('endpointPort'),
      databaseName: read('databaseName'),
      credentialsSecretArn: read('credentialsSecretArn'),
    });
  }

  /** The instance. */
  public readonly instance: rds.IDatabaseInstance;
  public readonly instanceIdentifier: string;
  public readonly resourceId: string;
  public readonly endpointAddress: string;
  public readonly clientEndpointAddress: string;
  public readonly port: string;
  public readonly databaseName: string;
  public readonly credentialsSecret: secretsmanager.ISecret;

  /** @throws when a prop is out of range, or props contradict each other; all problems in one error. */
  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    const settings = resolvePostgresSettings(props);
    validatePostgresSettings(this, settings);

    const credentials = createCredentials(this, settings);
    const instance = createInstance(this, settings, credentials);
    this.instance = instance;
    this.instanceIdentifier = instance.instanceIdentifier;
    // The attribute exists on every instance that is created here; it is optional for imported ones only.
    this.resourceId = instance.instanceResourceId!;
    this.endpointAddress = instance.dbInstanceEndpointAddress;
    this.port = instance.dbInstanceEndpointPort;
    this.databaseName = settings.databaseName;
    // The attachment, not the secret itself: who refers to it waits until host and port are in the secret.
    this.credentialsSecret = instance.secret!;

    const { vpc, securityGroup, port, proxy, rotation } = settings;
    const { instanceIdentifier, credentialsSecret } = this;
    this.clientEndpointAddress = proxy
      ? new PostgresProxy(this, 'Proxy', { ...proxy, vpc, securityGroup, port, instanceIdentifier, credentialsSecret })
          .endpointAddress
      : this.endpointAddress;
    if (rotation) {
      const at = { vpc, port, credentialsSecret, databaseSecurityGroup: securityGroup };
      new PostgresRotation(this, 'Rotation', { ...rotation, ...at });
    }
  }

  /** Publishes where the database is and which secret opens it. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      instanceIdentifier: this.instanceIdentifier,
      resourceId: this.resourceId,
      endpointAddress: this.endpointAddress,
      clientEndpointAddress: this.clientEndpointAddress,
      endpointPort: this.port,
      databaseName: this.databaseName,
      credentialsSecretArn: this.credentialsSecret.secretArn,
    });
  }
}
