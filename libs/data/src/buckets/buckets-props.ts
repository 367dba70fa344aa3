import type { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { BucketReplica } from './data-bucket-props';

/** How the buckets keep what is in them. */
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
   * After how long backups move to the archive class (Glacier Flexible Retrieval), where reading one takes hours: 60 days
   * or more, and 90 days or more before they are deleted.
   *
   * @default - never; they move to the infrequent-access class after 30 days if they are kept for 60 or more
   */
  readonly archiveBackupsAfter?: Duration;

  /**
   * For how long a deleted or overwritten asset or backup can be restored, in whole days.
   *
   * @default Duration.days(30)
   */
  readonly previousVersionRetention?: Duration;

  /**
   * Key that encrypts assets and backups, of the same stack. Logs have none: load balancers do not deliver to a bucket
   * with a KMS key.
   *
   * @default - S3 manages the keys
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Origins whose web pages may read and upload assets by presigned URLs, e.g. `https://app.example.com`.
   *
   * @default - none
   */
  readonly corsOrigins?: string[];

  /**
   * Buckets, of another region or account, that get a copy of every new backup.
   *
   * @default - none
   */
  readonly backupReplicas?: BucketReplica[];

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
