import { PropsValidation } from '@v3-backend/core';
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** The periods that CloudWatch Logs offers, in days; 9999 stands for "for ever". */
const RETENTION_DAYS = Object.values(logs.RetentionDays).filter((days) => typeof days === 'number');

/** Options of `ServiceLogGroups`. */
export interface ServiceLogGroupsProps {
  /**
   * How long log events are kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays;

  /**
   * Whether the log groups are encrypted with a key of their own (1 USD a month) instead of one that AWS owns.
   *
   * @default false
   */
  readonly customerManagedKey?: boolean;

  /**
   * Whether log groups and key stay when the stack is deleted.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/**
 * The log groups of API, worker, scheduler and migration.
 *
 * They have no fixed names, so that a log group that an earlier stack left behind is never in the way.
 */
export class ServiceLogGroups extends Construct {
  /** Log group of the API. */
  public readonly api: logs.ILogGroup;
  /** Log group of the worker. */
  public readonly worker: logs.ILogGroup;
  /** Log group of the scheduler. */
  public readonly scheduler: logs.ILogGroup;
  /** Log group of the migration task. */
  public readonly migration: logs.ILogGroup;
  /** The key, if `customerManagedKey` is true. */
  public readonly encryptionKey?: kms.IKey;

  /** @throws when the retention is not one that CloudWatch Logs offers. */
  constructor(scope: Construct, id: string, props: ServiceLogGroupsProps = {}) {
    super(scope, id);
    const retention = props.retention ?? logs.RetentionDays.ONE_MONTH;
    const validation = new PropsValidation(this);
    validation.holds(
      RETENTION_DAYS.includes(retention),
      `retention must be one of ${RETENTION_DAYS.join(', ')} days, got ${retention}`,
    );
    validation.throwIfInvalid();

    const removalPolicy = (props.protect ?? true) ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.encryptionKey = props.customerManagedKey ? this.createKey(removalPolicy) : undefined;
    const logGroup = (service: string) =>
      new logs.LogGroup(this, service, { retention, encryptionKey: this.encryptionKey, removalPolicy });
    this.api = logGroup('Api');
    this.worker = logGroup('Worker');
    this.scheduler = logGroup('Scheduler');
    this.migration = logGroup('Migration');
  }

  /** Without a statement for CloudWatch Logs in the key's policy, a log group cannot be created (aws-cdk #28304). */
  private createKey(removalPolicy: RemovalPolicy): kms.Key {
    const stack = Stack.of(this);
    const key = new kms.Key(this, 'Key', {
      description: 'Log groups of the services',
      enableKeyRotation: true,
      removalPolicy,
    });
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AllowCloudWatchLogs',
        principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        actions: [
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:Encrypt',
          'kms:GenerateDataKey',
          'kms:GenerateDataKeyWithoutPlaintext',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
        ],
        // In a key policy, "*" is the key itself.
        resources: ['*'],
        conditions: {
          // The names are CloudFormation's, and the log groups need the key first, so the account's are meant.
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': stack.formatArn({
              service: 'logs',
              resource: 'log-group',
              resourceName: '*',
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          },
        },
      }),
    );
    return key;
  }
}
