import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ImportedBuckets } from './imported-buckets';
import { LogBucket } from './log-bucket';

/** Objects move to the infrequent-access class no earlier; S3 allows none before. */
const DAYS_IN_STANDARD_CLASS = 30;
/** The infrequent-access class charges for at least so many days. */
const DAYS_IN_INFREQUENT_ACCESS = 30;

/** The buckets of a backend. */
export interface IBuckets {
  /** Access logs of load balancer, buckets and VPC. */
  readonly logsBucket: s3.IBucket;
  /** Files that the application keeps. */
  readonly assetsBucket: s3.IBucket;
  /** Backups that the application or its operators make. */
  readonly backupsBucket: s3.IBucket;
}

/** Buckets by their names. */
export interface BucketsAttributes {
  /** Access logs of load balancer, buckets and VPC. */
  readonly logsBucketName: string;
  /** Files that the application keeps. */
  readonly assetsBucketName: string;
  /** Backups that the application or its operators make. */
  readonly backupsBucketName: string;
}

/** How long the buckets keep what is in them. */
export interface BucketsProps {
  /**
   * After how long logs are deleted, in whole days.
   *
   * @default Duration.days(90)
   */
  readonly logRetention?: Duration;

  /**
   * After how long backups are deleted, in whole days.
   *
   * @default Duration.days(365)
   */
  readonly backupRetention?: Duration;

  /**
   * For how long a deleted or overwritten asset or backup can be restored, in whole days.
   *
   * @default Duration.days(30)
   */
  readonly previousVersionRetention?: Duration;

  /**
   * Prefixes below which load balancers may deliver their logs.
   *
   * @default ['alb']
   */
  readonly albLogPrefixes?: string[];

  /**
   * Whether the buckets and what is in them outlive the stack. If not, they are emptied and deleted with it.
   *
   * @default true
   */
  readonly protect?: boolean;
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
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IBuckets {
    const read = (key: string) => contract.read(scope, key);
    return new ImportedBuckets(scope, id, {
      logsBucketName: read('logsBucketName'),
      assetsBucketName: read('assetsBucketName'),
      backupsBucketName: read('backupsBucketName'),
    });
  }

  /** Access logs of load balancer, buckets and VPC. */
  public readonly logsBucket: s3.IBucket;
  /** Files that the application keeps; versioned. */
  public readonly assetsBucket: s3.IBucket;
  /** Backups; versioned. */
  public readonly backupsBucket: s3.IBucket;

  /** @throws when a retention is not 1 to 3653 days, or a prefix has slashes at its ends. */
  constructor(scope: Construct, id: string, props: BucketsProps = {}) {
    super(scope, id);
    const { backupRetention = Duration.days(365), previousVersionRetention = Duration.days(30) } = props;
    const { albLogPrefixes = ['alb'], protect = true } = props;
    validate(this, backupRetention, previousVersionRetention, albLogPrefixes);

    const logs = new LogBucket(this, 'Logs', { retention: props.logRetention, protect });
    for (const prefix of albLogPrefixes) logs.allowAlbLogs(prefix);
    logs.allowFlowLogs('vpc-flow-logs');
    logs.allowS3AccessLogs('s3');
    this.logsBucket = logs.bucket;

    const versionRule: s3.LifecycleRule = {
      noncurrentVersionExpiration: previousVersionRetention,
      abortIncompleteMultipartUploadAfter: Duration.days(7),
    };
    this.assetsBucket = this.versionedBucket('Assets', 'assets', protect, [versionRule]);
    this.backupsBucket = this.versionedBucket('Backups', 'backups', protect, [
      { ...versionRule, expiration: backupRetention, transitions: transitionsWithin(backupRetention) },
    ]);
  }

  /** Publishes the buckets' names and ARNs. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      logsBucketName: this.logsBucket.bucketName,
      logsBucketArn: this.logsBucket.bucketArn,
      assetsBucketName: this.assetsBucket.bucketName,
      assetsBucketArn: this.assetsBucket.bucketArn,
      backupsBucketName: this.backupsBucket.bucketName,
      backupsBucketArn: this.backupsBucket.bucketArn,
    });
  }

  private versionedBucket(id: string, name: string, protect: boolean, lifecycleRules: s3.LifecycleRule[]): s3.Bucket {
    const bucket = new s3.Bucket(this, id, {
      versioned: true,
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules,
      removalPolicy: protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoDeleteObjects: !protect,
    });
    // Not by `serverAccessLogsBucket`: without a feature flag it gives the log bucket an ACL, which S3 refuses where the
    // bucket's owner owns all objects. The log bucket's policy allows the delivery.
    const resource = bucket.node.defaultChild as s3.CfnBucket;
    resource.loggingConfiguration = {
      destinationBucketName: this.logsBucket.bucketName,
      logFilePrefix: `s3/${name}/`,
    };
    return bucket;
  }
}

/** Backups that are kept long enough for it to cost less move to the infrequent-access class. */
function transitionsWithin(retention: Duration): s3.Transition[] | undefined {
  const worthwhile = retention.toDays() >= DAYS_IN_STANDARD_CLASS + DAYS_IN_INFREQUENT_ACCESS;
  if (!worthwhile) return undefined;
  return [{ storageClass: s3.StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(DAYS_IN_STANDARD_CLASS) }];
}

function validate(scope: Construct, backups: Duration, previousVersions: Duration, albLogPrefixes: string[]): void {
  const validation = new PropsValidation(scope);
  validation.inRange('backupRetention in days', 1, 3653, backups.toDays({ integral: false }));
  validation.inRange('previousVersionRetention in days', 1, 3653, previousVersions.toDays({ integral: false }));
  for (const prefix of albLogPrefixes) {
    validation.matches('albLogPrefixes', '[^/](.*[^/])?', 'prefixes without slashes at their ends', prefix);
  }
  validation.throwIfInvalid();
}
