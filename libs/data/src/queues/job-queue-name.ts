import { Fn, Names, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const MAX_LENGTH = 80;
/** `-` and the 8 characters that tell this stack from an earlier one of the same name. */
const STACK_SUFFIX_LENGTH = 9;
/** SQS demands it of a FIFO queue, and of no other. */
const FIFO_SUFFIX = '.fifo';

/**
 * A name for a queue that its dead-letter queue can know before either exists.
 *
 * Queue and dead-letter queue refer to each other, the one by its redrive policy, the other by the policy that allows it.
 * CloudFormation cannot create such a pair unless one name is known beforehand. The name ends in a part of the stack's
 * id, so that a stack that is deleted and created again does not meet the queue of the earlier one, which SQS reserves
 * the name of for a minute, and which stays if it is protected.
 */
export function jobQueueName(queue: Construct, fifo: boolean): string {
  const suffix = fifo ? FIFO_SUFFIX : '';
  const maxLength = MAX_LENGTH - STACK_SUFFIX_LENGTH - suffix.length;
  const name = Names.uniqueResourceName(queue, { maxLength, separator: '-' });
  const stackGuid = Fn.select(2, Fn.split('/', Stack.of(queue).stackId));
  return Fn.join('-', [name, Fn.select(0, Fn.split('-', stackGuid))]) + suffix;
}
