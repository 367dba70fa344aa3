/** Queues by their URLs and ARNs, and their key. */
export interface QueuesAttributes {
  /** URL of the queue of background jobs. */
  readonly backgroundJobQueueUrl: string;
  /** ARN of the queue of background jobs. */
  readonly backgroundJobQueueArn: string;
  /** URL of the queue of data refreshes. */
  readonly dataRefreshQueueUrl: string;
  /** ARN of the queue of data refreshes. */
  readonly dataRefreshQueueArn: string;
  /** URL of the queue of notifications. */
  readonly notificationQueueUrl: string;
  /** ARN of the queue of notifications. */
  readonly notificationQueueArn: string;
  /** URL of the dead-letter queue of background jobs. */
  readonly backgroundJobDeadLetterQueueUrl: string;
  /** ARN of the dead-letter queue of background jobs. */
  readonly backgroundJobDeadLetterQueueArn: string;
  /** URL of the dead-letter queue of data refreshes. */
  readonly dataRefreshDeadLetterQueueUrl: string;
  /** ARN of the dead-letter queue of data refreshes. */
  readonly dataRefreshDeadLetterQueueArn: string;
  /** URL of the dead-letter queue of notifications. */
  readonly notificationDeadLetterQueueUrl: string;
  /** ARN of the dead-letter queue of notifications. */
  readonly notificationDeadLetterQueueArn: string;
  /** ARN of the key that encrypts all of them. */
  readonly encryptionKeyArn: string;
}
