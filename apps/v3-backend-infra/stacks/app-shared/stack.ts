import type { AppShared } from '@v3-backend/app-shared';
import { SsmContract } from '@v3-backend/core';
import {
  AppSecrets,
  Buckets,
  type IAppSecrets,
  type IBuckets,
  type IPostgresDatabase,
  type IQueues,
  PostgresDatabase,
  Queues,
} from '@v3-backend/data';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { composeAppShared } from '@v3-backend-infra/parts/app-shared';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The upstream stacks' values, where stacks refer to each other directly; what is not given is read from SSM. */
export interface AppSharedStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  /** The s3 stack's buckets. @default - read from SSM */
  readonly buckets?: IBuckets;
  /** The sqs stack's queues. @default - read from SSM */
  readonly queues?: IQueues;
  /** The secrets stack's secrets. @default - read from SSM */
  readonly secrets?: IAppSecrets;
  /** The database stack's database. @default - read from SSM */
  readonly database?: IPostgresDatabase;
}

/** Roles, log groups, DATABASE_URL and the environment variables that all services share. */
export class AppSharedStack extends Stack {
  public readonly appShared: AppShared;

  constructor(scope: Construct, id: string, props: AppSharedStackProps) {
    super(scope, id, props);
    const { config } = props;
    const contract = (stack: string) => new SsmContract({ environment: config.environment, stack });

    this.appShared = composeAppShared(this, {
      config,
      buckets: props.buckets ?? Buckets.fromSsm(this, 'Buckets', contract('s3')),
      queues: props.queues ?? Queues.fromSsm(this, 'Queues', contract('sqs')),
      secrets: props.secrets ?? AppSecrets.fromSsm(this, 'Secrets', contract('secrets')),
      database: props.database ?? PostgresDatabase.fromSsm(this, 'Database', contract('database')),
    });
  }
}
