import type { SsmContract } from '@v3-backend/core';
import { RemovalPolicy } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ImportedAppSecrets } from './imported-app-secrets';

/** The secrets of a backend. */
export interface IAppSecrets {
  /** JSON: `sessionSigningKey`, 64 letters and digits. */
  readonly applicationSecret: secretsmanager.ISecret;
  /** JSON: `username` and `apiKey` of the Grafana Cloud account that logs are pushed to. */
  readonly grafanaSecret: secretsmanager.ISecret;
}

/** Secrets by their complete ARNs, i.e. with the six characters that Secrets Manager appends to the name. */
export interface AppSecretsAttributes {
  /** ARN of the application's secret. */
  readonly applicationSecretArn: string;
  /** ARN of the secret with the Grafana Cloud credentials. */
  readonly grafanaSecretArn: string;
}

/** How the secrets are kept. */
export interface AppSecretsProps {
  /**
   * Whether the secrets outlive the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/**
 * The application's generated secret, and one for Grafana Cloud credentials, which a person sets once after the first
 * deployment. Until then its `username` is empty. No value is in a template.
 */
export class AppSecrets extends Construct implements IAppSecrets {
  /** Secrets that exist already. */
  public static fromAppSecretsAttributes(scope: Construct, id: string, attrs: AppSecretsAttributes): IAppSecrets {
    return new ImportedAppSecrets(scope, id, attrs);
  }

  /** The secrets whose stack published `contract`. Only what a template uses is read. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IAppSecrets {
    const read = (key: string) => contract.read(scope, key);
    return new ImportedAppSecrets(scope, id, {
      applicationSecretArn: read('applicationSecretArn'),
      grafanaSecretArn: read('grafanaSecretArn'),
    });
  }

  /** JSON: `sessionSigningKey`, 64 letters and digits. */
  public readonly applicationSecret: secretsmanager.ISecret;
  /** JSON: `username` and `apiKey` of the Grafana Cloud account that logs are pushed to. */
  public readonly grafanaSecret: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, props: AppSecretsProps = {}) {
    super(scope, id);
    const removalPolicy = (props.protect ?? true) ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    // A change of `generateSecretString` makes CloudFormation generate a new value over the one in use.
    this.applicationSecret = new secretsmanager.Secret(this, 'Application', {
      description: 'Keys of the application',
      removalPolicy,
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'sessionSigningKey',
        passwordLength: 64,
        excludePunctuation: true,
      },
    });
    this.grafanaSecret = new secretsmanager.Secret(this, 'Grafana', {
      description: 'Grafana Cloud credentials (username, apiKey); set them by hand after the first deployment',
      removalPolicy,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: '' }),
        generateStringKey: 'apiKey',
        excludePunctuation: true,
      },
    });
  }

  /** Publishes the secrets' complete ARNs, never a value. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      applicationSecretArn: this.applicationSecret.secretArn,
      grafanaSecretArn: this.grafanaSecret.secretArn,
    });
  }
}
