import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { AppSecretsAttributes, IAppSecrets } from './app-secrets-attributes';

/** Secrets that exist already, by their complete ARNs. */
export class ImportedAppSecrets extends Construct implements IAppSecrets {
  public readonly applicationSecret: secretsmanager.ISecret;
  public readonly grafanaSecret: secretsmanager.ISecret;
  public readonly additionalSecrets: { [name: string]: secretsmanager.ISecret };
  public readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, attrs: AppSecretsAttributes) {
    super(scope, id);
    const encryptionKey = attrs.encryptionKeyArn ? kms.Key.fromKeyArn(this, 'Key', attrs.encryptionKeyArn) : undefined;
    const secret = (parent: Construct, name: string, secretCompleteArn: string) =>
      secretsmanager.Secret.fromSecretAttributes(parent, name, { secretCompleteArn, encryptionKey });
    const additional = new Construct(this, 'Additional');
    this.applicationSecret = secret(this, 'Application', attrs.applicationSecretArn);
    this.grafanaSecret = secret(this, 'Grafana', attrs.grafanaSecretArn);
    this.additionalSecrets = Object.fromEntries(
      Object.entries(attrs.additionalSecretArns ?? {}).map(([name, arn]) => [name, secret(additional, name, arn)]),
    );
    this.encryptionKey = encryptionKey;
  }
}
