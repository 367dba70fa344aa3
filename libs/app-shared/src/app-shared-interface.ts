import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** What the services of a backend share, wherever it was created. */
export interface IAppShared {
  /** With which ECS starts tasks. Complete: grants to it change nothing. */
  readonly taskExecutionRole: IRole;
  /** With which the application runs. Complete: grants to it change nothing. */
  readonly taskRole: IRole;
  /** Log group of the API. */
  readonly apiLogGroup: ILogGroup;
  /** Log group of the worker. */
  readonly workerLogGroup: ILogGroup;
  /** Log group of the scheduler. */
  readonly schedulerLogGroup: ILogGroup;
  /** Log group of the migration task. */
  readonly migrationLogGroup: ILogGroup;
  /** Secret whose whole value is `DATABASE_URL`. */
  readonly databaseUrlSecret: ISecret;
  /** The application's own secrets, a JSON object; the execution role may read it. */
  readonly applicationSecret: ISecret;
  /** Environment variables of all services; none of them is a secret. */
  readonly environment: { [variable: string]: string };
}

/** What is needed to use a backend's shared resources in another stack. */
export interface AppSharedAttributes {
  /** Name, not ARN, of the execution role. */
  readonly taskExecutionRoleName: string;
  /** Name, not ARN, of the task role. */
  readonly taskRoleName: string;
  /** Name of the API's log group. */
  readonly apiLogGroupName: string;
  /** Name of the worker's log group. */
  readonly workerLogGroupName: string;
  /** Name of the scheduler's log group. */
  readonly schedulerLogGroupName: string;
  /** Name of the migration's log group. */
  readonly migrationLogGroupName: string;
  /** Complete ARN of the secret with `DATABASE_URL`. */
  readonly databaseUrlSecretArn: string;
  /** Complete ARN of the application's own secret. */
  readonly applicationSecretArn: string;
  /** Environment variables of all services. */
  readonly environment: { [variable: string]: string };
}
