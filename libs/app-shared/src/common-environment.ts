import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AppSharedProps } from './app-shared-props';
import { sslMode } from './database-address';

/** Every variable of the common environment, with the key it is published under. */
const PUBLISHED_AS = {
  APP_ENV: 'environmentAppEnv',
  ASSETS_BUCKET_NAME: 'environmentAssetsBucketName',
  AWS_REGION: 'environmentAwsRegion',
  BACKGROUND_JOB_QUEUE_URL: 'environmentBackgroundJobQueueUrl',
  BACKUPS_BUCKET_NAME: 'environmentBackupsBucketName',
  DATABASE_HOST: 'environmentDatabaseHost',
  DATABASE_NAME: 'environmentDatabaseName',
  DATABASE_PORT: 'environmentDatabasePort',
  DATABASE_SSL_MODE: 'environmentDatabaseSslMode',
  DATA_REFRESH_QUEUE_URL: 'environmentDataRefreshQueueUrl',
  NODE_ENV: 'environmentNodeEnv',
  NOTIFICATION_QUEUE_URL: 'environmentNotificationQueueUrl',
} as const;

export type CommonEnvironment = Record<keyof typeof PUBLISHED_AS, string>;

/** The variables that all services and the migration get; none of them is a secret. */
export function commonEnvironment(scope: Construct, props: AppSharedProps): CommonEnvironment {
  const { queues, database } = props;
  return {
    APP_ENV: props.environmentName,
    ASSETS_BUCKET_NAME: props.assetsBucket.bucketName,
    AWS_REGION: Stack.of(scope).region,
    BACKGROUND_JOB_QUEUE_URL: queues.backgroundJobQueue.queueUrl,
    BACKUPS_BUCKET_NAME: props.backupsBucket.bucketName,
    DATABASE_HOST: database.host,
    DATABASE_NAME: database.databaseName,
    DATABASE_PORT: database.port,
    DATABASE_SSL_MODE: sslMode(database),
    DATA_REFRESH_QUEUE_URL: queues.dataRefreshQueue.queueUrl,
    // What libraries take as "optimized, terse"; which environment it is, APP_ENV tells.
    NODE_ENV: 'production',
    NOTIFICATION_QUEUE_URL: queues.notificationQueue.queueUrl,
  };
}

/** The common environment by the keys it is published under: a JSON document could not be read back from a token. */
export function publishedEnvironment(environment: CommonEnvironment): { [key: string]: string } {
  return Object.fromEntries(entries().map(([variable, key]) => [key, environment[variable]]));
}

/** The common environment, each variable looked up by the key it is published under. */
export function environmentOf(lookUp: (key: string) => string): CommonEnvironment {
  return Object.fromEntries(entries().map(([variable, key]) => [variable, lookUp(key)])) as CommonEnvironment;
}

function entries(): [keyof CommonEnvironment, string][] {
  return Object.entries(PUBLISHED_AS) as [keyof CommonEnvironment, string][];
}
