import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BucketsAttributes, IBuckets } from './buckets';

/** Buckets that exist already, by their names. */
export class ImportedBuckets extends Construct implements IBuckets {
  public readonly logsBucket: s3.IBucket;
  public readonly assetsBucket: s3.IBucket;
  public readonly backupsBucket: s3.IBucket;
  public readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, attrs: BucketsAttributes) {
    super(scope, id);
    // With the key, grants on a bucket include the key.
    const key = attrs.encryptionKeyArn ? kms.Key.fromKeyArn(this, 'Key', attrs.encryptionKeyArn) : undefined;
    const bucket = (name: string, bucketName: string, encryptionKey?: kms.IKey) =>
      s3.Bucket.fromBucketAttributes(this, name, { bucketName, encryptionKey });
    this.logsBucket = bucket('Logs', attrs.logsBucketName);
    this.assetsBucket = bucket('Assets', attrs.assetsBucketName, key);
    this.backupsBucket = bucket('Backups', attrs.backupsBucketName, key);
    this.encryptionKey = key;
  }
}
