import { AppShared, type IAppShared } from '@v3-backend/app-shared';
import { LayerTags, SsmContract } from '@v3-backend/core';
import { AppSecrets, type IAppSecrets } from '@v3-backend/data';
import { LogForwarder } from '@v3-backend/observability';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledgements';

export interface LogForwarderStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  /** The secrets stack's secrets, where stacks refer to each other directly. @default - read from SSM */
  readonly secrets?: IAppSecrets;
  /** What the app-shared stack has, where stacks refer to each other directly. @default - read from SSM */
  readonly appShared?: IAppShared;
}

/** The function that forwards the services' logs to Grafana Cloud. */
export class LogForwarderStack extends Stack {
  public readonly logForwarder: LogForwarder;

  constructor(scope: Construct, id: string, props: LogForwarderStackProps) {
    super(scope, id, props);
    const { environment, logForwarder, protect } = props.config;
    LayerTags.apply(this, { environment, layer: 'observability', ...props.config.ownership });
    const contract = (stack: string) => new SsmContract({ environment, stack });
    const secrets = props.secrets ?? AppSecrets.fromSsm(this, 'Secrets', contract('secrets'));
    const shared = props.appShared ?? AppShared.fromSsm(this, 'AppShared', contract('app-shared'));

    this.logForwarder = new LogForwarder(this, 'LogForwarder', {
      lokiUrl: logForwarder.lokiUrl,
      credentialsSecret: secrets.grafanaSecret,
      labels: { application: 'v3-backend', environment },
      logGroups: {
        api: shared.apiLogGroup,
        worker: shared.workerLogGroup,
        scheduler: shared.schedulerLogGroup,
        migration: shared.migrationLogGroup,
      },
      protect,
    });
    acknowledgeFindings(this.logForwarder);
    this.logForwarder.publish(contract('log-forwarder'));
  }
}
