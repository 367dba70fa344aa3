import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BucketsAttributes, IBuckets } from './buckets';

/** Buckets that exist already, by their names. */
export class ImportedBuckets extends Construct implements IBuckets {
  public readonly logsBucket: s3.IBucket;
  public readonly assetsBucket: s3.IBucket;
  public readonly backupsBucket: s3.IBucket;

  constructor(scope: Construct, id: string, attrs: BucketsAttributes) {
    super(scope, id);
    this.logsBucket = s3.Bucket.fromBucketName(this, 'Logs', attrs.logsBucketName);
    this.assetsBucket = s3.Bucket.fromBucketName(this, 'Assets', attrs.assetsBucketName);
    this.backupsBucket = s3.Bucket.fromBucketName(this, 'Backups', attrs.backupsBucketName);
  }
}
