import { AppShared } from '@v3-backend/app-shared';
import { LayerTags, Naming, SsmContract } from '@v3-backend/core';
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
import { Stack, type StackProps } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledgements';

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
    const { environment, protect, services } = props.config;
    LayerTags.apply(this, { environment, layer: 'app-shared', ...props.config.ownership });
    const contract = (stack: string) => new SsmContract({ environment, stack });
    const naming = new Naming({ environment });
    const buckets = props.buckets ?? Buckets.fromSsm(this, 'Buckets', contract('s3'));
    const secrets = props.secrets ?? AppSecrets.fromSsm(this, 'Secrets', contract('secrets'));
    const database = props.database ?? PostgresDatabase.fromSsm(this, 'Database', contract('database'));

    this.appShared = new AppShared(this, 'AppShared', {
      environmentName: environment,
      taskExecutionRoleName: naming.resourceName('task-execution-role'),
      taskRoleName: naming.resourceName('task-role'),
      queues: props.queues ?? Queues.fromSsm(this, 'Queues', contract('sqs')),
      assetsBucket: buckets.assetsBucket,
      backupsBucket: buckets.backupsBucket,
      database: {
        host: database.clientEndpointAddress,
        port: database.port,
        databaseName: database.databaseName,
        credentialsSecret: database.credentialsSecret,
      },
      followRotation: props.config.database.rotateCredentials,
      applicationSecret: secrets.applicationSecret,
      repositories: [Repository.fromRepositoryName(this, 'Images', services.imageRepository)],
      logRetention: services.logRetentionDays,
      customerManagedLogKey: protect,
      protect,
    });
    acknowledgeFindings(this.appShared);
    this.appShared.publish(contract('app-shared'));
  }
}
