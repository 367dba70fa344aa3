import { AppShared } from '@v3-backend/app-shared';
import { LayerTags, Naming, SsmContract } from '@v3-backend/core';
import type { IAppSecrets, IBuckets, IPostgresDatabase, IQueues } from '@v3-backend/data';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledgements';

export interface AppSharedPartProps {
  readonly config: EnvironmentConfig;
  readonly buckets: IBuckets;
  readonly queues: IQueues;
  readonly secrets: IAppSecrets;
  readonly database: IPostgresDatabase;
}

/** Roles, log groups, DATABASE_URL and the environment variables that all services share, published as `app-shared`. */
export function composeAppShared(scope: Construct, props: AppSharedPartProps): AppShared {
  const { config, buckets, queues, secrets, database } = props;
  const { environment, ownership, protect, services } = config;
  const naming = new Naming({ environment });

  const appShared = new AppShared(scope, 'AppShared', {
    environmentName: environment,
    taskExecutionRoleName: naming.resourceName('task-execution-role'),
    taskRoleName: naming.resourceName('task-role'),
    queues,
    assetsBucket: buckets.assetsBucket,
    backupsBucket: buckets.backupsBucket,
    database: {
      host: database.clientEndpointAddress,
      port: database.port,
      databaseName: database.databaseName,
      credentialsSecret: database.credentialsSecret,
    },
    followRotation: config.database.rotateCredentials,
    applicationSecret: secrets.applicationSecret,
    repositories: [Repository.fromRepositoryName(scope, 'Images', services.imageRepository)],
    logRetention: services.logRetentionDays,
    customerManagedLogKey: protect,
    protect,
  });
  LayerTags.apply(appShared, { environment, layer: 'app-shared', ...ownership });
  acknowledgeFindings(appShared);
  appShared.publish(new SsmContract({ environment, stack: 'app-shared' }));
  return appShared;
}
