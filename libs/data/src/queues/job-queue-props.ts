import type { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { QueueSender } from './queue-sender';

/** How a queue treats its messages. */
export interface JobQueueOptions {
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
   * How long a message waits to be received, 1 minute to 13 days, and longer than it stays invisible. The dead-letter
   * queue keeps it for 14 days, counted from when it was first sent.
   *
   * @default Duration.days(4)
   */
  readonly retentionPeriod?: Duration;

  /**
   * Whether messages of a group are delivered in order, and duplicates within 5 minutes once. A change of it replaces the
   * queue, with the messages that are in it. The dead-letter queue is FIFO too, as SQS demands.
   *
   * @default false
   */
  readonly fifo?: boolean;

  /**
   * Whether SQS takes messages with the same body for duplicates; FIFO queues only.
   *
   * @default false - the sender gives each message a deduplication id
   */
  readonly contentBasedDeduplication?: boolean;

  /**
   * Whether order, duplicates and quotas count for each message group rather than for the whole queue; FIFO queues only.
   *
   * @default false
   */
  readonly highThroughput?: boolean;

  /**
   * Services of AWS that may send to the queue. With them, `encryptionKey` must be a key of the queue's stack.
   *
   * @default - none; roles are granted with `queue.grantSendMessages`
   */
  readonly senders?: QueueSender[];
}

/** A queue, its key and its life. */
export interface JobQueueProps extends JobQueueOptions {
  /**
   * Key that encrypts the messages. Not the key that AWS manages: S3, SNS and EventBridge cannot use that.
   *
   * @default - a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether the queues and their messages outlive the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}
