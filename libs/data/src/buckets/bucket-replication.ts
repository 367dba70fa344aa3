import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { BucketReplica, DataBucketProps } from './data-bucket-props';

type ReplicationProps = Pick<s3.BucketProps, 'replicationRole' | 'replicationRules'>;

/**
 * What makes a bucket replicate. The role is made here because the one that `Bucket` makes has, without a feature flag,
 * a fixed name, so that an account could have one bucket that replicates.
 */
export function replicationProps(scope: Construct, replicas: BucketReplica[]): ReplicationProps {
  if (replicas.length === 0) return {};
  const assumedBy = new iam.ServicePrincipal('s3.amazonaws.com');
  return {
    replicationRole: new iam.Role(scope, 'ReplicationRole', { assumedBy }),
    replicationRules: replicas.map(({ bucket, encryptionKey }, index) => ({
      destination: bucket,
      priority: index + 1,
      ...(encryptionKey && { kmsKey: encryptionKey, sseKmsEncryptedObjects: true }),
    })),
  };
}

/** Lets the role of `replicationProps` read the bucket and write its replicas. */
export function grantReplication(bucket: s3.Bucket, role: iam.IRole, props: DataBucketProps): void {
  bucket.grantReplicationPermission(role, {
    sourceDecryptionKey: props.encryptionKey,
    destinations: props.replicas ?? [],
  });
}
