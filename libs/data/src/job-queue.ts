import { PropsValidation } from '@v3-backend/core';
import { Duration, Fn, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** A message stays invisible this many times as long as a job may take, as AWS advises for consumers that batch. */
const VISIBILITY_FACTOR = 6;
/** SQS keeps a message invisible for 12 hours at most. */
const MAX_JOB_SECONDS = (12 * 3600) / VISIBILITY_FACTOR;
const MAX_QUEUE_NAME_LENGTH = 80;
/** `-` and the 8 characters that tell this stack from an earlier one of the same name. */
const NAME_SUFFIX_LENGTH = 9;

/** How a queue treats its messages. */
export interface JobQueueProps {
  /** Key that encrypts the messages. */
  readonly encryptionKey: kms.IKey;

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
   * Whether the queues and their messages outlive the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/** A queue and its dead-letter queue, encrypted, reachable by TLS only. */
export class JobQueue extends Construct {
  /** Where jobs wait. */
  public readonly queue: sqs.Queue;
  /** Where jobs end that failed `maxReceiveCount` times; only from `queue`. */
  public readonly deadLetterQueue: sqs.Queue;

  /** @throws when `maxJobDuration` or `maxReceiveCount` is out of range. */
  constructor(scope: Construct, id: string, props: JobQueueProps) {
    super(scope, id);
    const { maxJobDuration = Duration.minutes(5), maxReceiveCount = 5 } = props;
    const validation = new PropsValidation(this);
    validation.inRange('maxJobDuration in seconds', 1, MAX_JOB_SECONDS, maxJobDuration.toSeconds({ integral: false }));
    validation.inRange('maxReceiveCount', 1, 1000, maxReceiveCount);
    validation.throwIfInvalid();

    const common = {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: props.encryptionKey,
      enforceSSL: true,
      removalPolicy: (props.protect ?? true) ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    const queueName = nameThatIsKnownToTheDeadLetterQueue(this);
    this.deadLetterQueue = new sqs.Queue(this, 'DeadLetterQueue', {
      ...common,
      // Longer than the source's: a message keeps the age it had when it is moved.
      retentionPeriod: Duration.days(14),
      redriveAllowPolicy: {
        sourceQueues: [
          sqs.Queue.fromQueueArn(this, 'Source', Stack.of(this).formatArn({ service: 'sqs', resource: queueName })),
        ],
      },
    });
    this.queue = new sqs.Queue(this, 'Queue', {
      ...common,
      queueName,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(maxJobDuration.toSeconds() * VISIBILITY_FACTOR),
      // Long polling: fewer requests, and no delay.
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount },
    });
  }
}

/**
 * Queue and dead-letter queue refer to each other, the one by its redrive policy, the other by the policy that allows it.
 * CloudFormation cannot create such a pair unless one name is known beforehand. The name ends in a part of the stack's
 * id, so that a stack that is deleted and created again does not meet the queue of the earlier one, which SQS reserves
 * the name of for a minute, and which stays if it is protected.
 */
function nameThatIsKnownToTheDeadLetterQueue(queue: Construct): string {
  const name = Names.uniqueResourceName(queue, {
    maxLength: MAX_QUEUE_NAME_LENGTH - NAME_SUFFIX_LENGTH,
    separator: '-',
  });
  const stackGuid = Fn.select(2, Fn.split('/', Stack.of(queue).stackId));
  return Fn.join('-', [name, Fn.select(0, Fn.split('-', stackGuid))]);
}
