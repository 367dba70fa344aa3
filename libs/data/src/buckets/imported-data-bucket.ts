import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { DataBucketAttributes, IDataBucket } from './data-bucket';

/** A bucket that exists already, by its name. */
export class ImportedDataBucket extends Construct implements IDataBucket {
  public readonly bucket: s3.IBucket;
  public readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, { bucketName, encryptionKeyArn }: DataBucketAttributes) {
    super(scope, id);
    // With the key, grants on the bucket include the key.
    this.encryptionKey = encryptionKeyArn ? kms.Key.fromKeyArn(this, 'Key', encryptionKeyArn) : undefined;
    this.bucket = s3.Bucket.fromBucketAttributes(this, 'Bucket', { bucketName, encryptionKey: this.encryptionKey });
  }
}
