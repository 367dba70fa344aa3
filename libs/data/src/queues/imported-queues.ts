import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { IQueues } from './queues';
import type { QueuesAttributes } from './queues-attributes';

/** Queues that exist already, by their URLs and ARNs. */
export class ImportedQueues extends Construct implements IQueues {
  public readonly backgroundJobQueue: sqs.IQueue;
  public readonly dataRefreshQueue: sqs.IQueue;
  public readonly notificationQueue: sqs.IQueue;
  public readonly backgroundJobDeadLetterQueue: sqs.IQueue;
  public readonly dataRefreshDeadLetterQueue: sqs.IQueue;
  public readonly notificationDeadLetterQueue: sqs.IQueue;
  public readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, attrs: QueuesAttributes) {
    super(scope, id);
    // With the key, grants on a queue include the key.
    const keyArn = attrs.encryptionKeyArn;
    const queue = (name: string, queueUrl: string, queueArn: string) =>
      sqs.Queue.fromQueueAttributes(this, name, { queueUrl, queueArn, keyArn });
    this.backgroundJobQueue = queue('BackgroundJobs', attrs.backgroundJobQueueUrl, attrs.backgroundJobQueueArn);
    this.dataRefreshQueue = queue('DataRefresh', attrs.dataRefreshQueueUrl, attrs.dataRefreshQueueArn);
    this.notificationQueue = queue('Notifications', attrs.notificationQueueUrl, attrs.notificationQueueArn);
    this.backgroundJobDeadLetterQueue = queue(
      'BackgroundJobsDeadLetter',
      attrs.backgroundJobDeadLetterQueueUrl,
      attrs.backgroundJobDeadLetterQueueArn,
    );
    this.dataRefreshDeadLetterQueue = queue(
      'DataRefreshDeadLetter',
      attrs.dataRefreshDeadLetterQueueUrl,
      attrs.dataRefreshDeadLetterQueueArn,
    );
    this.notificationDeadLetterQueue = queue(
      'NotificationsDeadLetter',
      attrs.notificationDeadLetterQueueUrl,
      attrs.notificationDeadLetterQueueArn,
    );
    this.encryptionKey = kms.Key.fromKeyArn(this, 'Key', keyArn);
  }
}
