import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { DatabaseConnection, DatabaseIamUser } from './database-connection';

/** The queues of a backend. */
export interface AppQueues {
  /** Queue of background jobs. */
  readonly backgroundJobQueue: IQueue;
  /** Queue of data refreshes. */
  readonly dataRefreshQueue: IQueue;
  /** Queue of notifications. */
  readonly notificationQueue: IQueue;
}

/** Options of an `AppShared`. */
export interface AppSharedProps {
  /** Name of the environment, e.g. `staging`; containers get it as `APP_ENV`. */
  readonly environmentName: string;

  /** Name of the task execution role, e.g. `shop-staging-task-execution-role`. */
  readonly taskExecutionRoleName: string;

  /** Name of the task role, e.g. `shop-staging-task-role`. */
  readonly taskRoleName: string;

  /** Queues that the services send to and receive from. */
  readonly queues: AppQueues;

  /** Bucket in which the services read, write and delete objects. */
  readonly assetsBucket: IBucket;

  /** Bucket in which the services read and write backups; they cannot delete any. */
  readonly backupsBucket: IBucket;

  /** The database of the services. */
  readonly database: DatabaseConnection;

  /** The application's own secrets, for ECS to put into containers. */
  readonly applicationSecret: ISecret;

  /**
   * Further secrets for ECS to put into containers.
   *
   * @default - none
   */
  readonly additionalSecrets?: ISecret[];

  /**
   * Whether `DATABASE_URL` is written anew when the database's credentials are rotated. Switch it on where they are.
   *
   * @default false
   */
  readonly followRotation?: boolean;

  /**
   * User of the database as which services log in with a token of IAM, beside the one in `DATABASE_URL`.
   *
   * @default - none
   */
  readonly databaseIamUser?: DatabaseIamUser;

  /**
   * Private ECR repositories that images are pulled from.
   *
   * @default - none; only public images can be pulled
   */
  readonly repositories?: IRepository[];

  /**
   * How long log events are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * Whether the log groups are encrypted with a key of their own (1 USD a month) instead of one that AWS owns.
   *
   * @default false
   */
  readonly customerManagedLogKey?: boolean;

  /**
   * Whether a person may open a shell in a container (ECS Exec). Sessions are logged where the container logs.
   *
   * @default false
   */
  readonly allowExec?: boolean;

  /**
   * Key that encrypts the sessions, where the cluster names one; only with `allowExec`.
   *
   * @default - sessions are encrypted by TLS alone
   */
  readonly execEncryptionKey?: IKey;

  /**
   * Whether log groups stay when the stack is deleted.
   *
   * @default true
   */
  readonly protect?: boolean;
}
