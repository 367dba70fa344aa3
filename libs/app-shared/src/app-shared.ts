import type { SsmContract } from '@v3-backend/core';
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ImportedAppShared, readAttributes } from './imported-app-shared';
import type { AppSharedAttributes, IAppShared } from './app-shared-interface';
import type { AppSharedProps } from './app-shared-props';
import { type CommonEnvironment, commonEnvironment, environmentOf, publishedEnvironment } from './common-environment';
import { DatabaseUrlSecret } from './database-url-secret';
import { PassedOnValues } from './passed-on-values';
import { ServiceLogGroups } from './service-log-groups';
import { TaskRoles } from './task-roles';

/**
 * What the services of a backend share and what outlives their deployments: roles, log groups, the secret with
 * `DATABASE_URL`, and the common environment.
 */
export class AppShared extends Construct implements IAppShared {
  /** The shared resources of another stack or another application. */
  public static fromAppSharedAttributes(scope: Construct, id: string, attrs: AppSharedAttributes): IAppShared {
    return new ImportedAppShared(scope, id, attrs);
  }

  /** The shared resources that another stack published with `publish`. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IAppShared {
    return new ImportedAppShared(scope, id, readAttributes(scope, contract));
  }

  /** The roles as they were made, for an application that adds permissions of its own. */
  public readonly roles: TaskRoles;
  public readonly taskExecutionRole: IRole;
  public readonly taskRole: IRole;
  public readonly apiLogGroup: ILogGroup;
  public readonly workerLogGroup: ILogGroup;
  public readonly schedulerLogGroup: ILogGroup;
  public readonly migrationLogGroup: ILogGroup;
  public readonly databaseUrlSecret: ISecret;
  private commonEnvironment: CommonEnvironment;
  private secretOfApplication: ISecret;

  /** @throws when a role's name, the log retention, or the database's port or name is invalid. */
  constructor(scope: Construct, id: string, props: AppSharedProps) {
    super(scope, id);
    const logGroups = new ServiceLogGroups(this, 'LogGroups', {
      retention: props.logRetention,
      customerManagedKey: props.customerManagedLogKey,
      protect: props.protect,
    });
    const databaseUrl = new DatabaseUrlSecret(this, 'DatabaseUrl', {
      database: props.database,
      followRotation: props.followRotation,
    });
    this.roles = new TaskRoles(this, 'Roles', {
      executionRoleName: props.taskExecutionRoleName,
      taskRoleName: props.taskRoleName,
      repositories: props.repositories,
      logGroups: [logGroups.api, logGroups.worker, logGroups.scheduler, logGroups.migration],
      injectedSecrets: [databaseUrl.secret, props.applicationSecret, ...(props.additionalSecrets ?? [])],
      // To connect anew after a rotation, for which running tasks have the old DATABASE_URL.
      applicationSecrets: [props.database.credentialsSecret],
      queues: [props.queues.backgroundJobQueue, props.queues.dataRefreshQueue, props.queues.notificationQueue],
      buckets: [props.assetsBucket],
      backupBuckets: [props.backupsBucket],
      databaseUsers: props.databaseIamUser ? [props.databaseIamUser] : undefined,
      allowExec: props.allowExec,
      execEncryptionKey: props.execEncryptionKey,
    });
    this.commonEnvironment = commonEnvironment(this, props);
    this.secretOfApplication = props.applicationSecret;

    // Immutable, as an import is: a grant made by a consumer would change the stack of the roles.
    this.taskExecutionRole = this.roles.executionRole.withoutPolicyUpdates();
    this.taskRole = this.roles.taskRole.withoutPolicyUpdates();
    this.apiLogGroup = logGroups.api;
    this.workerLogGroup = logGroups.worker;
    this.schedulerLogGroup = logGroups.scheduler;
    this.migrationLogGroup = logGroups.migration;
    this.databaseUrlSecret = databaseUrl.secret;
  }

  public get applicationSecret(): ISecret {
    return this.secretOfApplication;
  }

  public get environment(): { [variable: string]: string } {
    return this.commonEnvironment;
  }

  /**
   * Publishes what `fromSsm` reads; the keys are in the library's README.
   *
   * From here on, `environment` and `applicationSecret` refer to the parameters and no longer to the stacks that the
   * values come from.
   */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      taskExecutionRoleArn: this.taskExecutionRole.roleArn,
      taskExecutionRoleName: this.taskExecutionRole.roleName,
      taskRoleArn: this.taskRole.roleArn,
      taskRoleName: this.taskRole.roleName,
      apiLogGroupName: this.apiLogGroup.logGroupName,
      apiLogGroupArn: this.logGroupArn(this.apiLogGroup),
      workerLogGroupName: this.workerLogGroup.logGroupName,
      workerLogGroupArn: this.logGroupArn(this.workerLogGroup),
      schedulerLogGroupName: this.schedulerLogGroup.logGroupName,
      schedulerLogGroupArn: this.logGroupArn(this.schedulerLogGroup),
      migrationLogGroupName: this.migrationLogGroup.logGroupName,
      migrationLogGroupArn: this.logGroupArn(this.migrationLogGroup),
      databaseUrlSecretArn: this.databaseUrlSecret.secretArn,
    });
    const { values } = new PassedOnValues(this, 'PassedOn', contract, {
      applicationSecretArn: this.applicationSecret.secretArn,
      ...publishedEnvironment(this.commonEnvironment),
    });
    this.commonEnvironment = environmentOf((key) => values[key]!);
    this.secretOfApplication = Secret.fromSecretCompleteArn(this, 'ApplicationSecret', values['applicationSecretArn']!);
  }

  /** Without the `:*` that CloudFormation appends, and that `LogGroup.fromLogGroupArn` would append to a token again. */
  private logGroupArn(logGroup: ILogGroup): string {
    return Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: logGroup.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
