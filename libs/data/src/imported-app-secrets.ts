import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { AppSecretsAttributes, IAppSecrets } from './app-secrets';

/** Secrets that exist already, by their complete ARNs. */
export class ImportedAppSecrets extends Construct implements IAppSecrets {
  public readonly applicationSecret: secretsmanager.ISecret;
  public readonly grafanaSecret: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, attrs: AppSecretsAttributes) {
    super(scope, id);
    const secret = (name: string, arn: string) => secretsmanager.Secret.fromSecretCompleteArn(this, name, arn);
    this.applicationSecret = secret('Application', attrs.applicationSecretArn);
    this.grafanaSecret = secret('Grafana', attrs.grafanaSecretArn);
  }
}
