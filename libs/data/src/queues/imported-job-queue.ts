import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { IJobQueue, JobQueueAttributes } from './job-queue';

/** A queue that exists already, by its URLs and ARNs. */
export class ImportedJobQueue extends Construct implements IJobQueue {
  public readonly queue: sqs.IQueue;
  public readonly deadLetterQueue: sqs.IQueue;
  public readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, attrs: JobQueueAttributes) {
    super(scope, id);
    // With the key, grants on a queue include the key.
    const keyArn = attrs.encryptionKeyArn;
    const queue = (name: string, queueUrl: string, queueArn: string) =>
      sqs.Queue.fromQueueAttributes(this, name, { queueUrl, queueArn, keyArn });
    this.queue = queue('Queue', attrs.queueUrl, attrs.queueArn);
    this.deadLetterQueue = queue('DeadLetterQueue', attrs.deadLetterQueueUrl, attrs.deadLetterQueueArn);
    this.encryptionKey = kms.Key.fromKeyArn(this, 'Key', keyArn);
  }
}
