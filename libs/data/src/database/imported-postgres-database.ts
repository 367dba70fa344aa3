import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { IPostgresDatabase } from './postgres-database';
import type { PostgresDatabaseAttributes } from './postgres-database-props';

/** A database that exists already, by its values. */
export class ImportedPostgresDatabase extends Construct implements IPostgresDatabase {
  public readonly instanceIdentifier: string;
  public readonly resourceId: string;
  public readonly endpointAddress: string;
  public readonly clientEndpointAddress: string;
  public readonly port: string;
  public readonly databaseName: string;
  public readonly credentialsSecret: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, attrs: PostgresDatabaseAttributes) {
    super(scope, id);
    this.instanceIdentifier = attrs.instanceIdentifier;
    this.resourceId = attrs.resourceId;
    this.endpointAddress = attrs.endpointAddress;
    this.clientEndpointAddress = attrs.clientEndpointAddress ?? attrs.endpointAddress;
    this.port = attrs.endpointPort;
    this.databaseName = attrs.databaseName;
    this.credentialsSecret = secretsmanager.Secret.fromSecretCompleteArn(
      this,
      'Credentials',
      attrs.credentialsSecretArn,
    );
  }
}
