import type { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { JobQueueOptions } from './job-queue-props';

/** How the queues treat their messages. */
export interface QueuesProps {
  /**
   * How long a job may take, 1 second to 2 hours. A message stays invisible 6 times as long.
   *
   * @default Duration.minutes(5)
   */
  readonly maxJobDuration?: Duration;

  /**
   * How often a message is received before it goes to the dead-letter queue, 1 to 1000.
   *
   * @default 5
   */
  readonly maxReceiveCount?: number;

  /**
   * What is different for the queue of background jobs.
   *
   * @default - nothing
   */
  readonly backgroundJobs?: JobQueueOptions;

  /**
   * What is different for the queue of data refreshes.
   *
   * @default - nothing
   */
  readonly dataRefresh?: JobQueueOptions;

  /**
   * What is different for the queue of notifications.
   *
   * @default - nothing
   */
  readonly notifications?: JobQueueOptions;

  /**
   * Key that encrypts the messages. Not the key that AWS manages: S3, SNS and EventBridge cannot use that.
   *
   * @default - a key of their own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether queues, messages and key outlive the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}
