import type { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/** Where a bucket's access logs go. */
export interface AccessLogDelivery {
  /** A bucket whose policy allows the delivery, as that of `LogBucket` does below the prefix `s3`. */
  readonly bucket: s3.IBucket;
  /** What the logs' names start with, without slashes at its ends, e.g. `s3/assets`. */
  readonly prefix: string;
}

/** A bucket, of another region or account, that gets a copy of every new object. */
export interface BucketReplica {
  /** The bucket; it must be versioned. If it is another account's, its policy must allow the replication. */
  readonly bucket: s3.IBucket;
  /**
   * Key that encrypts the copies, of the replica's region.
   *
   * @default - the replica's own way of encryption
   */
  readonly encryptionKey?: kms.IKey;
}

/** How a bucket keeps what is in it. */
export interface DataBucketProps {
  /**
   * Key that encrypts the objects. A change of it leaves existing objects as they are.
   *
   * @default - S3 manages the keys
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * For how long a deleted or overwritten object can be restored, in whole days, 1 to 3653.
   *
   * @default Duration.days(30)
   */
  readonly previousVersionRetention?: Duration;

  /**
   * After how long objects are deleted, in whole days, 1 to 3653.
   *
   * @default - never
   */
  readonly expiration?: Duration;

  /**
   * When objects move to which cheaper storage class.
   *
   * @default - they stay in the standard class
   */
  readonly transitions?: s3.Transition[];

  /**
   * Where access logs go.
   *
   * @default - there are none
   */
  readonly accessLogs?: AccessLogDelivery;

  /**
   * Origins whose web pages may read and upload by presigned URLs, e.g. `https://app.example.com`, or
   * `https://*.example.com` for all names below a domain.
   *
   * @default - none
   */
  readonly corsOrigins?: string[];

  /**
   * Buckets that get a copy of every object that is written from now on. A deletion is not copied.
   *
   * @default - none
   */
  readonly replicas?: BucketReplica[];

  /**
   * Whether the bucket and what is in it outlive the stack. If not, it is emptied and deleted with it.
   *
   * @default true
   */
  readonly protect?: boolean;
}
