import { PropsValidation } from '@v3-backend/core';
import { SecretValue, Token } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** How a PostgreSQL database is reached. */
export interface DatabaseConnection {
  /** Host name of the database. */
  readonly host: string;
  /** Port of the database; a string, as CloudFormation and SSM give it. */
  readonly port: string;
  /** Name of the database. */
  readonly databaseName: string;
  /**
   * Secret with the JSON fields `username` and `password`. Both are put into a URL as they are, so they must consist of
   * characters that need no escaping there.
   */
  readonly credentialsSecret: secretsmanager.ISecret;
}

/** Options of a `DatabaseUrlSecret`. */
export interface DatabaseUrlSecretProps {
  /** The database the URL is for. */
  readonly database: DatabaseConnection;
}

/**
 * A secret that holds `postgresql://user:password@host:port/database?sslmode=require`.
 *
 * The template has dynamic references in place of user and password, which CloudFormation resolves while it writes the
 * secret: the password is in no template, parameter, environment variable or log. CloudFormation resolves them again
 * only when this resource changes, so after a rotation of the credentials the URL is outdated.
 */
export class DatabaseUrlSecret extends Construct {
  /** The secret; its whole value is the URL. */
  public readonly secret: secretsmanager.ISecret;

  /** @throws when the port or the database's name is invalid. */
  constructor(scope: Construct, id: string, props: DatabaseUrlSecretProps) {
    super(scope, id);
    const { host, port, databaseName, credentialsSecret } = props.database;
    const validation = new PropsValidation(this);
    validation.inRange('database.port', 1, 65535, Token.isUnresolved(port) ? undefined : Number(port));
    validation.matches(
      'database.databaseName',
      '[A-Za-z_][A-Za-z0-9_]{0,62}',
      'a PostgreSQL name of letters, digits and "_"',
      databaseName,
    );
    validation.throwIfInvalid();

    // Unwrapping a dynamic reference gives the reference, not the value.
    const field = (name: string) => credentialsSecret.secretValueFromJson(name).unsafeUnwrap();
    const address = `${host}:${port}/${databaseName}`;
    this.secret = new secretsmanager.Secret(this, 'Secret', {
      description: 'DATABASE_URL of the services',
      secretStringValue: SecretValue.unsafePlainText(
        `postgresql://${field('username')}:${field('password')}@${address}?sslmode=require`,
      ),
    });
  }
}
