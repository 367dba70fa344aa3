import { PropsValidation, ProviderLogGroup, type SsmContract } from '@v3-backend/core';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { grantReplication, replicationProps } from './bucket-replication';
import type { AccessLogDelivery, DataBucketProps } from './data-bucket-props';
import { ImportedDataBucket } from './imported-data-bucket';
import { validatePrefix } from './log-prefix';

/** For how long a browser need not ask again whether a page may make a request. */
const CORS_MAX_AGE_SECONDS = 3600;

/** A bucket, and the key of what is in it. */
export interface IDataBucket {
  /** The bucket. */
  readonly bucket: s3.IBucket;
  /** Encrypts the objects: who reads or writes needs it too; undefined where S3 manages the keys. */
  readonly encryptionKey?: kms.IKey;
}

/** A bucket by its name, and its key. */
export interface DataBucketAttributes {
  /** Name of the bucket. */
  readonly bucketName: string;
  /**
   * ARN of the bucket's key.
   *
   * @default - S3 manages the keys
   */
  readonly encryptionKeyArn?: string;
}

/** How a bucket of another stack was made. */
export interface DataBucketImportOptions {
  /**
   * Whether it has an `encryptionKey`, so that its stack publishes one.
   *
   * @default false
   */
  readonly customerManagedKey?: boolean;
}

/** A private, versioned, encrypted bucket, reachable by TLS 1.2 only, that keeps deleted objects for a while. */
export class DataBucket extends Construct implements IDataBucket {
  /** A bucket that exists already. */
  public static fromDataBucketAttributes(scope: Construct, id: string, attrs: DataBucketAttributes): IDataBucket {
    return new ImportedDataBucket(scope, id, attrs);
  }

  /** The bucket whose stack published `contract`. Only what a template uses is read. */
  public static fromSsm(
    scope: Construct,
    id: string,
    contract: SsmContract,
    options: DataBucketImportOptions = {},
  ): IDataBucket {
    return new ImportedDataBucket(scope, id, {
      bucketName: contract.read(scope, 'bucketName'),
      encryptionKeyArn: options.customerManagedKey ? contract.read(scope, 'encryptionKeyArn') : undefined,
    });
  }

  public readonly bucket: s3.IBucket;
  public readonly encryptionKey?: kms.IKey;

  /** @throws when a prop is out of range, malformed, or contradicts another; all problems in one error. */
  constructor(scope: Construct, id: string, props: DataBucketProps = {}) {
    super(scope, id);
    const { previousVersionRetention = Duration.days(30), encryptionKey, replicas = [], protect = true } = props;
    validate(this, { ...props, previousVersionRetention });

    this.encryptionKey = encryptionKey;
    const replication = replicationProps(this, replicas);
    // `Default` is no part of logical ids, so the bucket has the id that it had without this construct around it.
    const bucket = new s3.Bucket(this, 'Default', {
      versioned: true,
      ...(encryptionKey
        ? // One data key for many objects: S3 asks KMS, which charges by the request, far less often.
          { encryption: s3.BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
        : { encryption: s3.BucketEncryption.S3_MANAGED }),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [lifecycleRule(previousVersionRetention, props)],
      cors: props.corsOrigins?.length ? [corsRule(props.corsOrigins)] : undefined,
      ...replication,
      removalPolicy: protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoDeleteObjects: !protect,
    });
    ProviderLogGroup.ofResourceType(this, 'Custom::S3AutoDeleteObjects');
    if (replication.replicationRole) grantReplication(bucket, replication.replicationRole, props);
    if (props.accessLogs) logAccess(bucket, props.accessLogs);
    this.bucket = bucket;
  }

  /** Publishes the bucket's name and ARN and, if it has a key, the key's ARN. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      bucketName: this.bucket.bucketName,
      bucketArn: this.bucket.bucketArn,
      ...(this.encryptionKey && { encryptionKeyArn: this.encryptionKey.keyArn }),
    });
  }
}

/**
 * Not by `serverAccessLogsBucket`: without a feature flag it gives the log bucket an ACL, which S3 refuses where the
 * bucket's owner owns all objects. The log bucket's policy allows the delivery.
 */
function logAccess(bucket: s3.Bucket, logs: AccessLogDelivery): void {
  const resource = bucket.node.defaultChild as s3.CfnBucket;
  resource.loggingConfiguration = {
    destinationBucketName: logs.bucket.bucketName,
    logFilePrefix: `${logs.prefix}/`,
  };
}

function lifecycleRule(previousVersions: Duration, { expiration, transitions }: DataBucketProps): s3.LifecycleRule {
  return {
    noncurrentVersionExpiration: previousVersions,
    abortIncompleteMultipartUploadAfter: Duration.days(7),
    // Markers of deleted objects that have no version left; with an expiration, S3 removes them by itself.
    ...(expiration ? { expiration } : { expiredObjectDeleteMarker: true }),
    transitions,
  };
}

/** What a page needs to read, and to upload in parts, by presigned URLs. */
function corsRule(allowedOrigins: string[]): s3.CorsRule {
  return {
    allowedOrigins,
    allowedMethods: [s3.HttpMethods.GET, s3.HttpMethods.HEAD, s3.HttpMethods.POST, s3.HttpMethods.PUT],
    allowedHeaders: ['*'],
    exposedHeaders: ['ETag'],
    maxAge: CORS_MAX_AGE_SECONDS,
  };
}

function validate(scope: Construct, props: DataBucketProps & { readonly previousVersionRetention: Duration }): void {
  const days = (duration?: Duration) => duration?.toDays({ integral: false });
  const validation = new PropsValidation(scope);
  validation.inRange('previousVersionRetention in days', 1, 3653, days(props.previousVersionRetention));
  validation.inRange('expiration in days', 1, 3653, days(props.expiration));
  validatePrefix(validation, 'accessLogs.prefix', props.accessLogs?.prefix);
  for (const origin of props.corsOrigins ?? []) {
    validation.matches(
      'corsOrigins',
      'https?://(\\*\\.)?[^*/?#\\s]+',
      'origins such as "https://app.example.com" or "https://*.example.com", without a path',
      origin,
    );
  }
  const unreadable = (props.replicas ?? []).filter((replica) => !replica.encryptionKey);
  validation.holds(
    !props.encryptionKey || unreadable.length === 0,
    'replicas must each have an encryptionKey where the bucket has one: S3 does not replicate objects of a KMS key otherwise',
  );
  validation.throwIfInvalid();
}
