import { LayerTags, SsmContract } from '@v3-backend/core';
import { AppSecrets } from '@v3-backend/data';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledgements';

export interface SecretsStackProps extends StackProps {
  readonly config: EnvironmentConfig;
}

/** The application's secret and the Grafana Cloud credentials. */
export class SecretsStack extends Stack {
  public readonly secrets: AppSecrets;

  constructor(scope: Construct, id: string, props: SecretsStackProps) {
    super(scope, id, props);
    const { environment, protect } = props.config;
    LayerTags.apply(this, { environment, layer: 'data', ...props.config.ownership });
    this.secrets = new AppSecrets(this, 'Secrets', { protect });
    acknowledgeFindings(this.secrets);
    this.secrets.publish(new SsmContract({ environment, stack: 'secrets' }));
  }
}
