import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Which of a service's resources a sender is limited to. */
export interface QueueSenderOptions {
  /**
   * ARNs, with `*` for what varies, e.g. `arn:aws:events:eu-west-1:123456789012:rule/orders-*`.
   *
   * @default - all of the queue's account and, but for buckets, of its region
   */
  readonly sourceArns?: string[];
}

/**
 * A service of AWS that sends to a queue by itself.
 *
 * Its permission is in two places that only the queue's stack can write, the policies of the queue and of its key. The
 * sender itself may be in a stack that comes later: name its ARN by a pattern then.
 */
export class QueueSender {
  /** Topics of SNS that the queue is subscribed to. */
  public static topics(options: QueueSenderOptions = {}): QueueSender {
    return new QueueSender('sns.amazonaws.com', options.sourceArns);
  }

  /** Rules of EventBridge whose target, or whose dead-letter queue, the queue is. */
  public static rules(options: QueueSenderOptions = {}): QueueSender {
    return new QueueSender('events.amazonaws.com', options.sourceArns);
  }

  /** Buckets of S3 that notify the queue; not a FIFO queue, which S3 does not support. */
  public static buckets(options: QueueSenderOptions = {}): QueueSender {
    return new QueueSender('s3.amazonaws.com', options.sourceArns);
  }

  private constructor(
    /** The service, e.g. `sns.amazonaws.com`. */
    public readonly servicePrincipal: string,
    /** ARNs that the sender is limited to; undefined for all of the account's. */
    public readonly sourceArns?: string[],
  ) {}

  /**
   * The statement of the queue's policy.
   *
   * @param scope a construct of the queue's stack.
   * @param queueArn the queue.
   */
  public queueStatement(scope: Construct, queueArn: string): iam.PolicyStatement {
    const stack = Stack.of(scope);
    const all: { [service: string]: string } = {
      'sns.amazonaws.com': stack.formatArn({ service: 'sns', resource: '*' }),
      'events.amazonaws.com': stack.formatArn({ service: 'events', resource: 'rule', resourceName: '*' }),
      's3.amazonaws.com': stack.formatArn({ service: 's3', region: '', account: '', resource: '*' }),
    };
    return new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(this.servicePrincipal)],
      actions: ['sqs:SendMessage'],
      resources: [queueArn],
      conditions: {
        ArnLike: { 'aws:SourceArn': this.sourceArns ?? all[this.servicePrincipal] },
        // The ARN of a bucket does not tell whose it is.
        ...(this.servicePrincipal === 's3.amazonaws.com' && {
          StringEquals: { 'aws:SourceAccount': stack.account },
        }),
      },
    });
  }

  /**
   * The statement of the key's policy. It is limited by the queue whose messages the key is used for, not by the sender:
   * EventBridge does not name the sender's account to KMS in every case.
   *
   * @param queueArn the queue.
   */
  public keyStatement(queueArn: string): iam.PolicyStatement {
    return new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(this.servicePrincipal)],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      // In a key's policy, "*" is the key itself.
      resources: ['*'],
      conditions: { StringEquals: { 'kms:EncryptionContext:aws:sqs:arn': queueArn } },
    });
  }
}
