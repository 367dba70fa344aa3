import type { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';

/** A function that replaces a secret's value. */
export interface SecretRotationOptions {
  /** The function, which follows the four steps of Secrets Manager's rotation. It is allowed to change this secret. */
  readonly rotationFunction: lambda.IFunction;

  /**
   * After how long there is a new value, 4 hours to 1000 days.
   *
   * @default Duration.days(30)
   */
  readonly automaticallyAfter?: Duration;
}

/** A secret beside those that every backend has. */
export interface AdditionalSecretOptions {
  /** What it is for. */
  readonly description: string;

  /**
   * Fields of its JSON that are no secret, with their first values. CloudFormation generates a new value over the one in
   * use when it changes.
   *
   * @default - none
   */
  readonly fields?: { [name: string]: string };

  /**
   * Field of its JSON that gets a generated value of letters and digits, which a person may overwrite. CloudFormation
   * generates a new value over the one in use when it changes.
   *
   * @default 'value'
   */
  readonly generatedField?: string;

  /**
   * How its value is replaced.
   *
   * @default - a person does it
   */
  readonly rotation?: SecretRotationOptions;
}

/** How the secrets are kept. */
export interface AppSecretsProps {
  /**
   * Further secrets by their names in camel case, e.g. `paymentProvider`, whose ARN is published as
   * `paymentProviderSecretArn`.
   *
   * @default - none
   */
  readonly additional?: { [name: string]: AdditionalSecretOptions };

  /**
   * How the value of the application's secret is replaced.
   *
   * @default - a person does it
   */
  readonly applicationRotation?: SecretRotationOptions;

  /**
   * Key that encrypts the secrets, of the same stack.
   *
   * @default - the key that AWS manages for Secrets Manager
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether the secrets outlive the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}
