import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DataKey } from '../data-key';
import { ImportedJobQueue } from './imported-job-queue';
import { jobQueueName } from './job-queue-name';
import type { JobQueueProps } from './job-queue-props';

/** A message stays invisible this many times as long as a job may take, as AWS advises for consumers that batch. */
const VISIBILITY_FACTOR = 6;
/** SQS keeps a message invisible for 12 hours at most. */
const MAX_JOB_SECONDS = (12 * 3600) / VISIBILITY_FACTOR;
/** The most that SQS offers, and longer than the queue keeps a message, which keeps its age when it is moved. */
const DEAD_LETTER_RETENTION = Duration.days(14);
const MAX_RETENTION = Duration.days(13);

/** A queue and its dead-letter queue. */
export interface IJobQueue {
  /** Where jobs wait. */
  readonly queue: sqs.IQueue;
  /** Where jobs end that failed too often; only from `queue`. */
  readonly deadLetterQueue: sqs.IQueue;
  /** Encrypts the messages: who sends or receives needs it too. */
  readonly encryptionKey: kms.IKey;
}

/** A queue and its dead-letter queue by their URLs and ARNs, and their key. */
export interface JobQueueAttributes {
  /** URL of the queue. */
  readonly queueUrl: string;
  /** ARN of the queue. */
  readonly queueArn: string;
  /** URL of the dead-letter queue. */
  readonly deadLetterQueueUrl: string;
  /** ARN of the dead-letter queue. */
  readonly deadLetterQueueArn: string;
  /** ARN of the key that encrypts both. */
  readonly encryptionKeyArn: string;
}

/** A queue and its dead-letter queue, encrypted, reachable by TLS only. */
export class JobQueue extends Construct implements IJobQueue {
  /** A queue that exists already. */
  public static fromJobQueueAttributes(scope: Construct, id: string, attrs: JobQueueAttributes): IJobQueue {
    return new ImportedJobQueue(scope, id, attrs);
  }

  /** The queue whose stack published `contract`. Only what a template uses is read. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IJobQueue {
    const read = (key: string) => contract.read(scope, key);
    return new ImportedJobQueue(scope, id, {
      queueUrl: read('queueUrl'),
      queueArn: read('queueArn'),
      deadLetterQueueUrl: read('deadLetterQueueUrl'),
      deadLetterQueueArn: read('deadLetterQueueArn'),
      encryptionKeyArn: read('encryptionKeyArn'),
    });
  }

  public readonly queue: sqs.IQueue;
  public readonly deadLetterQueue: sqs.IQueue;
  public readonly encryptionKey: kms.IKey;

  /** @throws when a prop is out of range, or props contradict each other; all problems in one error. */
  constructor(scope: Construct, id: string, props: JobQueueProps = {}) {
    super(scope, id);
    const { maxJobDuration = Duration.minutes(5), maxReceiveCount = 5, retentionPeriod = Duration.days(4) } = props;
    const { fifo = false, senders = [], protect = true } = props;
    validate(this, { ...props, maxJobDuration, maxReceiveCount, retentionPeriod });

    this.encryptionKey =
      props.encryptionKey ?? new DataKey(this, 'Key', { description: 'Messages of a queue', protect }).key;
    const common: sqs.QueueProps = {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: this.encryptionKey,
      enforceSSL: true,
      fifo: fifo || undefined,
      removalPolicy: protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    const queueName = jobQueueName(this, fifo);
    const knownArn = Stack.of(this).formatArn({ service: 'sqs', resource: queueName });
    this.deadLetterQueue = new sqs.Queue(this, 'DeadLetterQueue', {
      ...common,
      retentionPeriod: DEAD_LETTER_RETENTION,
      redriveAllowPolicy: { sourceQueues: [sqs.Queue.fromQueueArn(this, 'Source', knownArn)] },
    });
    this.queue = new sqs.Queue(this, 'Queue', {
      ...common,
      ...(props.contentBasedDeduplication && { contentBasedDeduplication: true }),
      ...(props.highThroughput && {
        deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,
        fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      }),
      queueName,
      retentionPeriod,
      visibilityTimeout: Duration.seconds(maxJobDuration.toSeconds() * VISIBILITY_FACTOR),
      // Long polling: fewer requests, and no delay.
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount },
    });
    for (const sender of senders) {
      this.queue.addToResourcePolicy(sender.queueStatement(this, this.queue.queueArn));
      // By the ARN that is known beforehand: the queue refers to the key.
      this.encryptionKey.addToResourcePolicy(sender.keyStatement(knownArn));
    }
  }

  /** Publishes URL, ARN and name of both queues, and the key's ARN. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      queueUrl: this.queue.queueUrl,
      queueArn: this.queue.queueArn,
      queueName: this.queue.queueName,
      deadLetterQueueUrl: this.deadLetterQueue.queueUrl,
      deadLetterQueueArn: this.deadLetterQueue.queueArn,
      deadLetterQueueName: this.deadLetterQueue.queueName,
      encryptionKeyArn: this.encryptionKey.keyArn,
    });
  }
}

type Checked = JobQueueProps & Required<Pick<JobQueueProps, 'maxJobDuration' | 'maxReceiveCount' | 'retentionPeriod'>>;

function validate(scope: Construct, props: Checked): void {
  const jobSeconds = props.maxJobDuration.toSeconds({ integral: false });
  const retentionSeconds = props.retentionPeriod.toSeconds({ integral: false });
  const invisibleSeconds = jobSeconds * VISIBILITY_FACTOR;
  const validation = new PropsValidation(scope);
  validation.inRange('maxJobDuration in seconds', 1, MAX_JOB_SECONDS, jobSeconds);
  validation.inRange('maxReceiveCount', 1, 1000, props.maxReceiveCount);
  validation.inRange('retentionPeriod in seconds', 60, MAX_RETENTION.toSeconds(), retentionSeconds);
  validation.holds(
    retentionSeconds > invisibleSeconds,
    `retentionPeriod must be longer than the ${invisibleSeconds} seconds that a message stays invisible, got ` +
      `${retentionSeconds}: a job that fails would expire instead of being tried again; lengthen it or shorten maxJobDuration`,
  );
  const fifoOnly = (['contentBasedDeduplication', 'highThroughput'] as const).filter((prop) => props[prop]);
  validation.holds(
    props.fifo === true || fifoOnly.length === 0,
    `${fifoOnly.join(' and ')} must not be true where fifo is not: a standard queue knows no duplicates and no groups`,
  );
  validation.holds(
    !props.fifo || (props.senders ?? []).every(({ servicePrincipal }) => servicePrincipal !== 's3.amazonaws.com'),
    'senders must not include buckets where fifo is true: S3 does not notify FIFO queues; let an EventBridge rule do it',
  );
  validation.throwIfInvalid();
}
