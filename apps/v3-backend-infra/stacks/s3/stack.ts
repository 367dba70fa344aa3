import { LayerTags, SsmContract } from '@v3-backend/core';
import { Buckets } from '@v3-backend/data';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export interface S3StackProps extends StackProps {
  readonly config: EnvironmentConfig;
}

/** Buckets for logs, assets and backups. */
export class S3Stack extends Stack {
  public readonly buckets: Buckets;

  constructor(scope: Construct, id: string, props: S3StackProps) {
    super(scope, id, props);
    const { environment, protect, storage } = props.config;
    LayerTags.apply(this, { environment, layer: 'data', ...props.config.ownership });
    this.buckets = new Buckets(this, 'Buckets', {
      logRetention: Duration.days(storage.logRetentionDays),
      backupRetention: Duration.days(storage.backupRetentionDays),
      protect,
    });
    this.buckets.publish(new SsmContract({ environment, stack: 's3' }));
  }
}
