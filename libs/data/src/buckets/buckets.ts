import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { backupTransitions, validateBackupLifecycle } from './backup-lifecycle';
import type { BucketsProps } from './buckets-props';
import { DataBucket, type DataBucketImportOptions } from './data-bucket';
import { ImportedBuckets } from './imported-buckets';
import { LogBucket } from './log-bucket';
import { validatePrefix } from './log-prefix';

/** The buckets of a backend. */
export interface IBuckets {
  /** Access logs of load balancer, buckets and VPC. */
  readonly logsBucket: s3.IBucket;
  /** Files that the application keeps. */
  readonly assetsBucket: s3.IBucket;
  /** Backups that the application or its operators make. */
  readonly backupsBucket: s3.IBucket;
  /** Encrypts assets and backups: who reads or writes needs it too; undefined where S3 manages the keys. */
  readonly encryptionKey?: kms.IKey;
}

/** Buckets by their names. */
export interface BucketsAttributes {
  /** Access logs of load balancer, buckets and VPC. */
  readonly logsBucketName: string;
  /** Files that the application keeps. */
  readonly assetsBucketName: string;
  /** Backups that the application or its operators make. */
  readonly backupsBucketName: string;
  /**
   * ARN of the key that encrypts assets and backups.
   *
   * @default - S3 manages the keys
   */
  readonly encryptionKeyArn?: string;
}

/**
 * Buckets for logs, assets and backups: private, encrypted, reachable by TLS only, with access logs in the first.
 */
export class Buckets extends Construct implements IBuckets {
  /** Buckets that exist already. */
  public static fromBucketsAttributes(scope: Construct, id: string, attrs: BucketsAttributes): IBuckets {
    return new ImportedBuckets(scope, id, attrs);
  }

  /** The buckets whose stack published `contract`. Only what a template uses is read. */
  public static fromSsm(
    scope: Construct,
    id: string,
    contract: SsmContract,
    options: DataBucketImportOptions = {},
  ): IBuckets {
    const read = (key: string) => contract.read(scope, key);
    return new ImportedBuckets(scope, id, {
      logsBucketName: read('logsBucketName'),
      assetsBucketName: read('assetsBucketName'),
      backupsBucketName: read('backupsBucketName'),
      encryptionKeyArn: options.customerManagedKey ? read('encryptionKeyArn') : undefined,
    });
  }

  /** Access logs of load balancer, buckets and VPC. */
  public readonly logsBucket: s3.IBucket;
  /** Files that the application keeps; versioned. */
  public readonly assetsBucket: s3.IBucket;
  /** Backups; versioned. */
  public readonly backupsBucket: s3.IBucket;

  /** Encrypts assets and backups; undefined where S3 manages the keys. */
  public readonly encryptionKey?: kms.IKey;

  /** @throws when a retention is not 1 to 3653 days, a prefix has slashes at its ends, or an origin has a path. */
  constructor(scope: Construct, id: string, props: BucketsProps = {}) {
    super(scope, id);
    const { backupRetention = Duration.days(365), albLogPrefixes = ['alb'], protect = true } = props;
    validate(this, { ...props, backupRetention, albLogPrefixes });

    const logs = new LogBucket(this, 'Logs', { retention: props.logRetention, protect });
    for (const prefix of albLogPrefixes) logs.allowAlbLogs(prefix);
    logs.allowFlowLogs('vpc-flow-logs');
    logs.allowS3AccessLogs('s3');

    const { encryptionKey, previousVersionRetention } = props;
    const common = { encryptionKey, previousVersionRetention, protect };
    const assets = new DataBucket(this, 'Assets', {
      ...common,
      corsOrigins: props.corsOrigins,
      accessLogs: { bucket: logs.bucket, prefix: 's3/assets' },
    });
    const backups = new DataBucket(this, 'Backups', {
      ...common,
      expiration: backupRetention,
      transitions: backupTransitions(backupRetention, props.archiveBackupsAfter),
      replicas: props.backupReplicas,
      accessLogs: { bucket: logs.bucket, prefix: 's3/backups' },
    });
    // S3 delivers access logs late: what is emptied and deleted last is the bucket they go to.
    for (const { bucket } of [assets, backups]) bucket.node.addDependency(logs);

    this.logsBucket = logs.bucket;
    this.assetsBucket = assets.bucket;
    this.backupsBucket = backups.bucket;
    this.encryptionKey = encryptionKey;
  }

  /** Publishes the buckets' names and ARNs and, if there is a key, its ARN. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      logsBucketName: this.logsBucket.bucketName,
      logsBucketArn: this.logsBucket.bucketArn,
      assetsBucketName: this.assetsBucket.bucketName,
      assetsBucketArn: this.assetsBucket.bucketArn,
      backupsBucketName: this.backupsBucket.bucketName,
      backupsBucketArn: this.backupsBucket.bucketArn,
      ...(this.encryptionKey && { encryptionKeyArn: this.encryptionKey.keyArn }),
    });
  }
}

type Checked = BucketsProps & { readonly backupRetention: Duration; readonly albLogPrefixes: string[] };

function validate(scope: Construct, props: Checked): void {
  const validation = new PropsValidation(scope);
  validateBackupLifecycle(validation, props.backupRetention, props.archiveBackupsAfter);
  const previousVersions = props.previousVersionRetention?.toDays({ integral: false });
  validation.inRange('previousVersionRetention in days', 1, 3653, previousVersions);
  for (const prefix of props.albLogPrefixes) validatePrefix(validation, 'albLogPrefixes', prefix);
  validation.throwIfInvalid();
}
