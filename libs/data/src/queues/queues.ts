import type { SsmContract } from '@v3-backend/core';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DataKey } from '../data-key';
import { ImportedQueues } from './imported-queues';
import { JobQueue } from './job-queue';
import type { JobQueueOptions } from './job-queue-props';
import type { QueuesAttributes } from './queues-attributes';
import type { QueuesProps } from './queues-props';

/** The queues of a backend, and the key that encrypts them. */
export interface IQueues {
  /** Jobs that the worker does. */
  readonly backgroundJobQueue: sqs.IQueue;
  /** Requests to refresh data. */
  readonly dataRefreshQueue: sqs.IQueue;
  /** Notifications to send. */
  readonly notificationQueue: sqs.IQueue;
  /** Jobs that failed. */
  readonly backgroundJobDeadLetterQueue: sqs.IQueue;
  /** Requests to refresh data that failed. */
  readonly dataRefreshDeadLetterQueue: sqs.IQueue;
  /** Notifications that could not be sent. */
  readonly notificationDeadLetterQueue: sqs.IQueue;
  /** Encrypts the messages: who sends or receives needs it too. */
  readonly encryptionKey: kms.IKey;
}

/** Queues for background jobs, data refreshes and notifications, each with a dead-letter queue, and their key. */
export class Queues extends Construct implements IQueues {
  /** Queues that exist already. */
  public static fromQueuesAttributes(scope: Construct, id: string, attrs: QueuesAttributes): IQueues {
    return new ImportedQueues(scope, id, attrs);
  }

  /** The queues whose stack published `contract`. Only what a template uses is read. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IQueues {
    const read = (key: string) => contract.read(scope, key);
    return new ImportedQueues(scope, id, {
      backgroundJobQueueUrl: read('backgroundJobQueueUrl'),
      backgroundJobQueueArn: read('backgroundJobQueueArn'),
      backgroundJobDeadLetterQueueUrl: read('backgroundJobDeadLetterQueueUrl'),
      backgroundJobDeadLetterQueueArn: read('backgroundJobDeadLetterQueueArn'),
      dataRefreshQueueUrl: read('dataRefreshQueueUrl'),
      dataRefreshQueueArn: read('dataRefreshQueueArn'),
      dataRefreshDeadLetterQueueUrl: read('dataRefreshDeadLetterQueueUrl'),
      dataRefreshDeadLetterQueueArn: read('dataRefreshDeadLetterQueueArn'),
      notificationQueueUrl: read('notificationQueueUrl'),
      notificationQueueArn: read('notificationQueueArn'),
      notificationDeadLetterQueueUrl: read('notificationDeadLetterQueueUrl'),
      notificationDeadLetterQueueArn: read('notificationDeadLetterQueueArn'),
      encryptionKeyArn: read('encryptionKeyArn'),
    });
  }

  /** Jobs that the worker does. */
  public readonly backgroundJobQueue: sqs.IQueue;
  /** Requests to refresh data. */
  public readonly dataRefreshQueue: sqs.IQueue;
  /** Notifications to send. */
  public readonly notificationQueue: sqs.IQueue;
  /** Jobs that failed. */
  public readonly backgroundJobDeadLetterQueue: sqs.IQueue;
  /** Requests to refresh data that failed. */
  public readonly dataRefreshDeadLetterQueue: sqs.IQueue;
  /** Notifications that could not be sent. */
  public readonly notificationDeadLetterQueue: sqs.IQueue;
  /** Encrypts the messages; rotated every year. */
  public readonly encryptionKey: kms.IKey;

  /** @throws when a prop of a queue is out of range, or its props contradict each other. */
  constructor(scope: Construct, id: string, props: QueuesProps = {}) {
    super(scope, id);
    const { maxJobDuration, maxReceiveCount, protect = true } = props;
    const encryptionKey =
      props.encryptionKey ?? new DataKey(this, 'Key', { description: 'Messages of the queues', protect }).key;
    const queue = (name: string, options?: JobQueueOptions) =>
      new JobQueue(this, name, { maxJobDuration, maxReceiveCount, ...options, encryptionKey, protect });
    const backgroundJobs = queue('BackgroundJobs', props.backgroundJobs);
    const dataRefresh = queue('DataRefresh', props.dataRefresh);
    const notifications = queue('Notifications', props.notifications);

    this.encryptionKey = encryptionKey;
    this.backgroundJobQueue = backgroundJobs.queue;
    this.dataRefreshQueue = dataRefresh.queue;
    this.notificationQueue = notifications.queue;
    this.backgroundJobDeadLetterQueue = backgroundJobs.deadLetterQueue;
    this.dataRefreshDeadLetterQueue = dataRefresh.deadLetterQueue;
    this.notificationDeadLetterQueue = notifications.deadLetterQueue;
  }

  /** Publishes URL, ARN and name of every queue, and the key's ARN. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      ...values('backgroundJobQueue', this.backgroundJobQueue),
      ...values('dataRefreshQueue', this.dataRefreshQueue),
      ...values('notificationQueue', this.notificationQueue),
      ...values('backgroundJobDeadLetterQueue', this.backgroundJobDeadLetterQueue),
      ...values('dataRefreshDeadLetterQueue', this.dataRefreshDeadLetterQueue),
      ...values('notificationDeadLetterQueue', this.notificationDeadLetterQueue),
      encryptionKeyArn: this.encryptionKey.keyArn,
    });
  }
}

function values(key: string, queue: sqs.IQueue): Record<string, string> {
  return { [`${key}Url`]: queue.queueUrl, [`${key}Arn`]: queue.queueArn, [`${key}Name`]: queue.queueName };
}
