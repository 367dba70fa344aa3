import { PropsValidation } from '@v3-backend/core';
import { SecretValue } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { databaseAddress, validateConnection } from './database-address';
import type { DatabaseConnection } from './database-connection';
import { DatabaseUrlRefresher } from './database-url-refresher';

/** Options of a `DatabaseUrlSecret`. */
export interface DatabaseUrlSecretProps {
  /** The database the URL is for. */
  readonly database: DatabaseConnection;

  /**
   * Whether the URL is written anew when the credentials are rotated. Switch it on where they are.
   *
   * @default false
   */
  readonly followRotation?: boolean;
}

/**
 * A secret that holds `postgresql://user:password@host:port/database?sslmode=require`.
 *
 * The template has dynamic references in place of user and password, which CloudFormation resolves while it writes the
 * secret: the password is in no template, parameter, environment variable or log. CloudFormation resolves them again
 * only when this resource changes; where the credentials are rotated, `followRotation` keeps the URL right.
 */
export class DatabaseUrlSecret extends Construct {
  /**
   * Matches the event that the URL has changed after a rotation of the credentials: tasks read it only as they start, so
   * a rule with this pattern is what deploys them anew.
   *
   * @param secret the secret, of this construct or imported.
   */
  public static changedEventPattern(secret: secretsmanager.ISecret): events.EventPattern {
    return {
      source: ['lambda'],
      detailType: ['Lambda Function Invocation Result - Success'],
      detail: { responsePayload: { secretArn: [secret.secretArn], changed: [true] } },
    };
  }

  /** The secret; its whole value is the URL. */
  public readonly secret: secretsmanager.ISecret;

  /** @throws when the port, the database's name or the root certificate is invalid. */
  constructor(scope: Construct, id: string, props: DatabaseUrlSecretProps) {
    super(scope, id);
    const { credentialsSecret } = props.database;
    const validation = new PropsValidation(this);
    validateConnection(validation, props.database);
    validation.throwIfInvalid();

    // Unwrapping a dynamic reference gives the reference, not the value.
    const field = (name: string) => credentialsSecret.secretValueFromJson(name).unsafeUnwrap();
    const address = databaseAddress(props.database);
    this.secret = new secretsmanager.Secret(this, 'Secret', {
      description: 'DATABASE_URL of the services',
      secretStringValue: SecretValue.unsafePlainText(
        `postgresql://${field('username')}:${field('password')}@${address}`,
      ),
    });
    if (props.followRotation) {
      const secrets = { credentialsSecret, databaseUrlSecret: this.secret };
      new DatabaseUrlRefresher(this, 'Refresher', { ...secrets, address });
    }
  }
}
