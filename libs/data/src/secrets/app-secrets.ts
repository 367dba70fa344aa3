import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { AppSecretsAttributes, AppSecretsImportOptions, IAppSecrets } from './app-secrets-attributes';
import type { AdditionalSecretOptions, AppSecretsProps, SecretRotationOptions } from './app-secrets-props';
import { ImportedAppSecrets } from './imported-app-secrets';

/**
 * The application's generated secret, one for Grafana Cloud credentials, which a person sets once after the first
 * deployment, and further ones. Until the credentials are set, their `username` is empty. No value is in a template.
 */
export class AppSecrets extends Construct implements IAppSecrets {
  /** Secrets that exist already. */
  public static fromAppSecretsAttributes(scope: Construct, id: string, attrs: AppSecretsAttributes): IAppSecrets {
    return new ImportedAppSecrets(scope, id, attrs);
  }

  /** The secrets whose stack published `contract`. Only what a template uses is read. */
  public static fromSsm(
    scope: Construct,
    id: string,
    contract: SsmContract,
    options: AppSecretsImportOptions = {},
  ): IAppSecrets {
    const read = (key: string) => contract.read(scope, key);
    const additional = (options.additional ?? []).map((name) => [name, read(`${name}SecretArn`)]);
    return new ImportedAppSecrets(scope, id, {
      applicationSecretArn: read('applicationSecretArn'),
      grafanaSecretArn: read('grafanaSecretArn'),
      additionalSecretArns: Object.fromEntries(additional),
      encryptionKeyArn: options.customerManagedKey ? read('encryptionKeyArn') : undefined,
    });
  }

  public readonly applicationSecret: secretsmanager.ISecret;
  public readonly grafanaSecret: secretsmanager.ISecret;
  public readonly additionalSecrets: { [name: string]: secretsmanager.ISecret };
  public readonly encryptionKey?: kms.IKey;

  /** @throws when a name is not in camel case or taken, or a rotation is out of range; all problems in one error. */
  constructor(scope: Construct, id: string, props: AppSecretsProps = {}) {
    super(scope, id);
    validate(this, props);
    const common = {
      encryptionKey: props.encryptionKey,
      removalPolicy: (props.protect ?? true) ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    // A change of `generateSecretString` makes CloudFormation generate a new value over the one in use.
    this.applicationSecret = new secretsmanager.Secret(this, 'Application', {
      ...common,
      description: 'Keys of the application',
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'sessionSigningKey',
        passwordLength: 64,
        excludePunctuation: true,
      },
    });
    this.grafanaSecret = new secretsmanager.Secret(this, 'Grafana', {
      ...common,
      description: 'Grafana Cloud credentials (username, apiKey); set them by hand after the first deployment',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: '' }),
        generateStringKey: 'apiKey',
        excludePunctuation: true,
      },
    });
    const additional = new Construct(this, 'Additional');
    this.additionalSecrets = mapValues(props.additional ?? {}, (options, name) => {
      const secret = new secretsmanager.Secret(additional, name, {
        ...common,
        description: options.description,
        generateSecretString: generatedValue(options),
      });
      rotate(secret, options.rotation);
      return secret;
    });
    rotate(this.applicationSecret, props.applicationRotation);
    this.encryptionKey = props.encryptionKey;
  }

  /** Publishes the secrets' complete ARNs, never a value, and, if they have a key, its ARN. */
  public publish(contract: SsmContract): void {
    const additional = Object.entries(this.additionalSecrets).map(([name, secret]) => [name, secret.secretArn]);
    contract.publish(this, {
      applicationSecretArn: this.applicationSecret.secretArn,
      grafanaSecretArn: this.grafanaSecret.secretArn,
      ...Object.fromEntries(additional.map(([name, arn]) => [`${name}SecretArn`, arn])),
      ...(this.encryptionKey && { encryptionKeyArn: this.encryptionKey.keyArn }),
    });
  }
}

function generatedValue({ fields = {}, generatedField = 'value' }: AdditionalSecretOptions) {
  return {
    secretStringTemplate: JSON.stringify(fields),
    generateStringKey: generatedField,
    passwordLength: 64,
    excludePunctuation: true,
  };
}

function rotate(secret: secretsmanager.ISecret, rotation?: SecretRotationOptions): void {
  if (!rotation) return;
  secret.addRotationSchedule('Rotation', {
    rotationLambda: rotation.rotationFunction,
    automaticallyAfter: rotation.automaticallyAfter ?? Duration.days(30),
    // Otherwise every change of the schedule would be a new value in the middle of a deployment.
    rotateImmediatelyOnUpdate: false,
  });
}

function mapValues<T, R>(object: { [name: string]: T }, map: (value: T, name: string) => R): { [name: string]: R } {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value, name)]));
}

function validate(scope: Construct, { additional = {}, applicationRotation }: AppSecretsProps): void {
  const validation = new PropsValidation(scope);
  const rotations: [string, SecretRotationOptions | undefined][] = [['applicationRotation', applicationRotation]];
  for (const [name, { fields = {}, generatedField = 'value', rotation }] of Object.entries(additional)) {
    validation.matches('a name in additional', '[a-z][a-zA-Z0-9]*', 'in camel case, e.g. "paymentProvider"', name);
    validation.holds(
      !['application', 'grafana'].includes(name),
      `additional must not name a secret "${name}", which every backend has; name it differently`,
    );
    validation.holds(
      !(generatedField in fields),
      `additional.${name}.fields must not have a value for "${generatedField}", which is generated; leave it out`,
    );
    rotations.push([`additional.${name}.rotation`, rotation]);
  }
  for (const [prop, rotation] of rotations) {
    const seconds = rotation?.automaticallyAfter?.toSeconds({ integral: false });
    validation.inRange(`${prop}.automaticallyAfter in seconds`, 4 * 3600, 1000 * 24 * 3600, seconds);
  }
  validation.throwIfInvalid();
}
