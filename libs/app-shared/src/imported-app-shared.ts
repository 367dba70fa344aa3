import type { SsmContract } from '@v3-backend/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { AppSharedAttributes, IAppShared } from './app-shared-interface';
import { environmentOf } from './common-environment';

/** Reads what `AppShared.publish` published. */
export function readAttributes(scope: Construct, contract: SsmContract): AppSharedAttributes {
  const read = (key: string) => contract.read(scope, key);
  return {
    taskExecutionRoleName: read('taskExecutionRoleName'),
    taskRoleName: read('taskRoleName'),
    apiLogGroupName: read('apiLogGroupName'),
    workerLogGroupName: read('workerLogGroupName'),
    schedulerLogGroupName: read('schedulerLogGroupName'),
    migrationLogGroupName: read('migrationLogGroupName'),
    databaseUrlSecretArn: read('databaseUrlSecretArn'),
    applicationSecretArn: read('applicationSecretArn'),
    environment: environmentOf(read),
  };
}

/** Shared resources that exist already, by their attributes. */
export class ImportedAppShared extends Construct implements IAppShared {
  public readonly taskExecutionRole: iam.IRole;
  public readonly taskRole: iam.IRole;
  public readonly apiLogGroup: logs.ILogGroup;
  public readonly workerLogGroup: logs.ILogGroup;
  public readonly schedulerLogGroup: logs.ILogGroup;
  public readonly migrationLogGroup: logs.ILogGroup;
  public readonly databaseUrlSecret: secretsmanager.ISecret;
  public readonly applicationSecret: secretsmanager.ISecret;
  public readonly environment: { [variable: string]: string };

  constructor(scope: Construct, id: string, attrs: AppSharedAttributes) {
    super(scope, id);
    // By name, since CloudFormation's validation takes the path of an SSM parameter for the ARN it holds; immutable,
    // since a policy that two stacks attach to a role overwrites itself.
    const role = (child: string, name: string) => iam.Role.fromRoleName(this, child, name, { mutable: false });
    const logGroup = (child: string, name: string) => logs.LogGroup.fromLogGroupName(this, child, name);
    const secret = (child: string, arn: string) => secretsmanager.Secret.fromSecretCompleteArn(this, child, arn);
    this.taskExecutionRole = role('TaskExecutionRole', attrs.taskExecutionRoleName);
    this.taskRole = role('TaskRole', attrs.taskRoleName);
    this.apiLogGroup = logGroup('ApiLogGroup', attrs.apiLogGroupName);
    this.workerLogGroup = logGroup('WorkerLogGroup', attrs.workerLogGroupName);
    this.schedulerLogGroup = logGroup('SchedulerLogGroup', attrs.schedulerLogGroupName);
    this.migrationLogGroup = logGroup('MigrationLogGroup', attrs.migrationLogGroupName);
    this.databaseUrlSecret = secret('DatabaseUrlSecret', attrs.databaseUrlSecretArn);
    this.applicationSecret = secret('ApplicationSecret', attrs.applicationSecretArn);
    this.environment = attrs.environment;
  }
}
