import { PropsValidation } from '@v3-backend/core';
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DatabaseIamUser } from './database-connection';
import {
  connectToDatabases,
  execSession,
  pullImages,
  readSecrets,
  useBuckets,
  useQueues,
  writeLogs,
} from './task-role-statements';

/** Options of `TaskRoles`. */
export interface TaskRolesProps {
  /** Name of the execution role. Fixed, since the deploying role's `iam:PassRole` statement names it. */
  readonly executionRoleName: string;

  /** Name of the task role. Fixed, since the deploying role's `iam:PassRole` statement names it. */
  readonly taskRoleName: string;

  /**
   * Private ECR repositories that images are pulled from.
   *
   * @default - none; only public images can be pulled
   */
  readonly repositories?: IRepository[];

  /**
   * Log groups that containers write to.
   *
   * @default - none
   */
  readonly logGroups?: ILogGroup[];

  /**
   * Secrets that ECS puts into containers as they start; the execution role reads them.
   *
   * @default - none
   */
  readonly injectedSecrets?: ISecret[];

  /**
   * Secrets that the running application reads itself; the task role reads them.
   *
   * @default - none
   */
  readonly applicationSecrets?: ISecret[];

  /**
   * Queues that the application sends to and receives from.
   *
   * @default - none
   */
  readonly queues?: IQueue[];

  /**
   * Buckets in which the application reads, writes and deletes objects.
   *
   * @default - none
   */
  readonly buckets?: IBucket[];

  /**
   * Buckets in which the application reads and writes objects, but deletes none.
   *
   * @default - none
   */
  readonly backupBuckets?: IBucket[];

  /**
   * Users of databases as which the application logs in with a token of IAM.
   *
   * @default - none; it logs in with a password
   */
  readonly databaseUsers?: DatabaseIamUser[];

  /**
   * Whether a person may open a shell in a container (ECS Exec). Sessions are logged to `logGroups`.
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
}

/**
 * The two roles of a task: the execution role, with which ECS starts it, and the task role, with which the application
 * runs.
 *
 * All permissions are on the roles' side; nothing is added to the policy of a key, bucket, queue or secret, which may
 * belong to another stack. Policies are inline, so that a role never exists without them.
 */
export class TaskRoles extends Construct {
  /** Used by ECS to pull images, read injected secrets and write logs. */
  public readonly executionRole: iam.Role;
  /** Used by the application. */
  public readonly taskRole: iam.Role;

  /** @throws when a name is invalid, or props contradict each other; all problems in one error. */
  constructor(scope: Construct, id: string, props: TaskRolesProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    const allowed = 'a role name: 1 to 64 letters, digits and "_+=,.@-"';
    validation.matches('executionRoleName', '[\\w+=,.@-]{1,64}', allowed, props.executionRoleName);
    validation.matches('taskRoleName', '[\\w+=,.@-]{1,64}', allowed, props.taskRoleName);
    validation.holds(
      props.executionRoleName !== props.taskRoleName,
      `executionRoleName and taskRoleName are both "${props.taskRoleName}": name them differently`,
    );
    validation.holds(
      !props.execEncryptionKey || props.allowExec === true,
      'execEncryptionKey must be left out where allowExec is not true: there is no session that it could encrypt',
    );
    for (const { resourceId, username } of props.databaseUsers ?? []) {
      const id = 'a resource id such as "db-ABCDEFGHIJKLMNOP"';
      validation.matches('databaseUsers.resourceId', '(db|cluster)-[A-Z0-9]+', id, resourceId);
      const form = 'a PostgreSQL name of letters, digits and "_"; a wildcard would be every user';
      validation.matches('databaseUsers.username', '[A-Za-z_][A-Za-z0-9_]{0,62}', form, username);
    }
    validation.throwIfInvalid();

    const { logGroups = [] } = props;
    this.executionRole = new iam.Role(this, 'ExecutionRole', {
      roleName: props.executionRoleName,
      description: 'With which ECS starts tasks: pulls images, reads injected secrets, writes logs',
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
      inlinePolicies: policies({
        PullImages: pullImages(props.repositories ?? []),
        WriteLogs: writeLogs(logGroups),
        ReadSecrets: readSecrets(this, props.injectedSecrets ?? []),
      }),
    });
    this.taskRole = new iam.Role(this, 'TaskRole', {
      roleName: props.taskRoleName,
      description: 'With which the application runs: queues, buckets, secrets it reads itself',
      assumedBy: this.tasksOfThisAccount(),
      inlinePolicies: policies({
        UseQueues: useQueues(this, props.queues ?? []),
        UseBuckets: useBuckets(this, props.buckets ?? [], props.backupBuckets ?? []),
        ReadSecrets: readSecrets(this, props.applicationSecrets ?? []),
        ConnectToDatabases: connectToDatabases(this, props.databaseUsers ?? []),
        ExecSession: props.allowExec ? execSession(this, logGroups, props.execEncryptionKey) : [],
      }),
    });
  }

  /**
   * Only for tasks of this account and region: otherwise another account's ECS could be made to use the role.
   * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
   */
  private tasksOfThisAccount(): iam.IPrincipal {
    const stack = Stack.of(this);
    const anyOfEcs = stack.formatArn({ service: 'ecs', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
    return new iam.ServicePrincipal('ecs-tasks.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': anyOfEcs },
      },
    });
  }
}

/** A policy for each name that has statements. */
function policies(statements: { [name: string]: iam.PolicyStatement[] }): { [name: string]: iam.PolicyDocument } {
  return Object.fromEntries(
    Object.entries(statements)
      .filter(([, list]) => list.length > 0)
      .map(([name, list]) => [name, new iam.PolicyDocument({ statements: list })]),
  );
}
