import { LayerTags, SsmContract } from '@v3-backend/core';
import { Queues } from '@v3-backend/data';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export interface SqsStackProps extends StackProps {
  readonly config: EnvironmentConfig;
}

/** Queues for background jobs, data refreshes and notifications, and their key. */
export class SqsStack extends Stack {
  public readonly queues: Queues;

  constructor(scope: Construct, id: string, props: SqsStackProps) {
    super(scope, id, props);
    const { environment, protect, queues } = props.config;
    LayerTags.apply(this, { environment, layer: 'data', ...props.config.ownership });
    this.queues = new Queues(this, 'Queues', {
      maxJobDuration: Duration.seconds(queues.maxJobSeconds),
      maxReceiveCount: queues.maxReceiveCount,
      protect,
    });
    this.queues.publish(new SsmContract({ environment, stack: 'sqs' }));
  }
}
