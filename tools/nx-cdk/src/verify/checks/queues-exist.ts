import { GetQueueAttributesCommand, type QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import { checkEach, unlessMissing, Untrue } from '../check';

const ATTRIBUTES: QueueAttributeName[] = ['RedrivePolicy', 'KmsMasterKeyId', 'SqsManagedSseEnabled'];

/** Queues exist, encrypted, and with the dead-letter queue that the template says. */
export const queuesExist = checkEach({
  name: 'queues exist, encrypted, with their dead-letter queues',
  topic: 'connectivity',
  type: 'AWS::SQS::Queue',
  look: async ({ physicalId, stack, properties, value }, aws) => {
    const client = await aws.reader(SQSClient, stack.place);
    const answer = await unlessMissing(
      client.send(new GetQueueAttributesCommand({ QueueUrl: physicalId, AttributeNames: ATTRIBUTES })),
      'QueueDoesNotExist',
      'AWS.SimpleQueueService.NonExistentQueue',
    );
    if (!answer) throw new Untrue('it does not exist');
    const { RedrivePolicy: redrive, KmsMasterKeyId: key, SqsManagedSseEnabled: managed } = answer.Attributes ?? {};
    const wanted = (properties['RedrivePolicy'] ?? {}) as { deadLetterTargetArn?: unknown; maxReceiveCount?: unknown };
    const deadLetters = value(wanted.deadLetterTargetArn);
    const actual = JSON.parse(redrive ?? '{}') as { deadLetterTargetArn?: string };
    if (deadLetters !== undefined && actual.deadLetterTargetArn !== deadLetters) {
      throw new Untrue(`its dead letters go to ${actual.deadLetterTargetArn ?? 'nowhere'} instead of ${deadLetters}`);
    }
    if (properties['KmsMasterKeyId'] !== undefined && key === undefined) throw new Untrue('no key encrypts it');
    const encryption = key === undefined ? (managed === 'true' ? 'by SQS' : 'not') : 'by a key of KMS';
    if (encryption === 'not') throw new Untrue('it is not encrypted');
    return `encrypted ${encryption}${deadLetters === undefined ? '' : `, dead letters to ${deadLetters.split(':').at(-1)}`}`;
  },
});
