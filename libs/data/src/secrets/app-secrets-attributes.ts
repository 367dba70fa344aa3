import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

/** The secrets of a backend. */
export interface IAppSecrets {
  /** JSON: `sessionSigningKey`, 64 letters and digits. */
  readonly applicationSecret: secretsmanager.ISecret;
  /** JSON: `username` and `apiKey` of the Grafana Cloud account that logs are pushed to. */
  readonly grafanaSecret: secretsmanager.ISecret;
  /** Further secrets by their names. */
  readonly additionalSecrets: { [name: string]: secretsmanager.ISecret };
  /**
   * Encrypts the secrets: who reads them needs it too, by a grant of its own, since `grantRead` of an imported secret
   * leaves it out. Undefined where AWS manages the key.
   */
  readonly encryptionKey?: kms.IKey;
}

/** Secrets by their complete ARNs, i.e. with the six characters that Secrets Manager appends to the name. */
export interface AppSecretsAttributes {
  /** ARN of the application's secret. */
  readonly applicationSecretArn: string;
  /** ARN of the secret with the Grafana Cloud credentials. */
  readonly grafanaSecretArn: string;
  /**
   * ARNs of further secrets by their names.
   *
   * @default - none
   */
  readonly additionalSecretArns?: { [name: string]: string };
  /**
   * ARN of the key that encrypts them.
   *
   * @default - AWS manages the key
   */
  readonly encryptionKeyArn?: string;
}

/** What of the secrets of another stack is not in every such stack. */
export interface AppSecretsImportOptions {
  /**
   * Names of the further secrets to import.
   *
   * @default - none
   */
  readonly additional?: string[];
  /**
   * Whether they have an `encryptionKey`, so that their stack publishes one.
   *
   * @default false
   */
  readonly customerManagedKey?: boolean;
}
