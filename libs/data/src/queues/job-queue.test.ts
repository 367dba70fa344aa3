import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { JobQueue, type JobQueueProps, QueueSender } from '../index';

const contract = new SsmContract({ environment: 'test', stack: 'jobs' });
const env = { account: '123456789012', region: 'eu-west-1' };

function templateOf(props?: JobQueueProps, context?: Record<string, unknown>): Template {
  const stack = new Stack(new App({ context }), 'Stack', { env });
  new JobQueue(stack, 'Jobs', props).publish(contract);
  return Template.fromStack(stack);
}

function sourceOf(template: Template): Record<string, unknown> {
  const queues = Object.values(template.findResources('AWS::SQS::Queue'));
  return queues.find(({ Properties }) => Properties.RedrivePolicy)!.Properties;
}

/** The statements that let a service of AWS in, of the queue's policy and of the key's. */
function admissions(template: Template, type: string, property: string): unknown[] {
  return Object.values(template.findResources(type))
    .flatMap(({ Properties }) => Properties[property].Statement)
    .filter(({ Principal }) => Principal.Service !== undefined);
}

describe('a job queue', () => {
  test.each([
    ['without feature flags', undefined],
    ['with all recommended feature flags', flags],
  ])('has a key of its own, a dead-letter queue, and no name that two stacks would share, %s', (_title, context) => {
    const template = templateOf({}, context);
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.resourceCountIs('AWS::SQS::Queue', 2);
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: Match.anyValue(), FifoQueue: Match.absent() });
    expect(JSON.stringify(sourceOf(template)['QueueName'])).toContain('AWS::StackId');
    expect(admissions(template, 'AWS::KMS::Key', 'KeyPolicy')).toEqual([]);
  });

  test('keeps messages as long as told, in the dead-letter queue for 14 days from the same start', () => {
    const template = templateOf({ retentionPeriod: Duration.days(13) });
    expect(sourceOf(template)['MessageRetentionPeriod']).toBe(13 * 24 * 3600);
    template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 14 * 24 * 3600 });
  });
});

describe('a FIFO queue', () => {
  test('has the suffix that SQS demands within the 80 characters it allows, and a FIFO dead-letter queue', () => {
    const stack = new Stack(new App(), 'AStackWhoseNameIsSoLongThatTheNameOfTheQueueMustBeCutOff', { env });
    new JobQueue(stack, 'AQueueWhoseNameIsLongTooSoThatBothDoNotFit', { fifo: true });
    const template = Template.fromStack(stack);
    template.resourcePropertiesCountIs('AWS::SQS::Queue', { FifoQueue: true }, 2);
    const name = sourceOf(template)['QueueName'];
    expect(name).toEqual({
      'Fn::Join': ['', [{ 'Fn::Join': ['-', [expect.any(String), expect.anything()]] }, '.fifo']],
    });
    const fixedPart = JSON.stringify(name).match(/"(AStack[^"]*)"/)![1]!;
    expect(`${fixedPart}-01234567.fifo`).toHaveLength(80);
  });

  test('finds duplicates by their bodies, and orders by group, where it is told to', () => {
    const template = templateOf({ fifo: true, contentBasedDeduplication: true, highThroughput: true });
    expect(sourceOf(template)).toMatchObject({
      ContentBasedDeduplication: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
  });

  test('leaves deduplication to the sender otherwise', () => {
    expect(sourceOf(templateOf({ fifo: true }))).not.toHaveProperty('ContentBasedDeduplication');
  });
});

describe('senders', () => {
  const all = [QueueSender.topics(), QueueSender.rules(), QueueSender.buckets()];

  test('may send to the queue for this account’s topics, rules and buckets', () => {
    const statements = admissions(templateOf({ senders: all }), 'AWS::SQS::QueuePolicy', 'PolicyDocument');
    const source = (end: string) => ({ 'Fn::Join': ['', expect.arrayContaining([expect.stringMatching(end)])] });
    expect(statements).toEqual([
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': source(':sns:eu-west-1:123456789012:\\*$') } },
      }),
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': source(':events:eu-west-1:123456789012:rule/\\*$') } },
      }),
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 's3.amazonaws.com' },
        Condition: {
          ArnLike: { 'aws:SourceArn': source(':s3:::\\*$') },
          StringEquals: { 'aws:SourceAccount': '123456789012' },
        },
      }),
    ]);
  });

  test('may use the key for the messages of this queue, without which SQS refuses what they send', () => {
    const template = templateOf({ senders: all });
    const statements = admissions(template, 'AWS::KMS::Key', 'KeyPolicy');
    expect(statements).toHaveLength(3);
    const queueName = sourceOf(template)['QueueName'];
    for (const statement of statements) {
      expect(statement).toMatchObject({
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: {
          StringEquals: {
            'kms:EncryptionContext:aws:sqs:arn': { 'Fn::Join': ['', expect.arrayContaining([queueName])] },
          },
        },
      });
    }
  });

  test('are limited to the ARNs they are given', () => {
    const sourceArns = ['arn:aws:events:eu-west-1:123456789012:rule/orders-*'];
    const template = templateOf({ senders: [QueueSender.rules({ sourceArns })] });
    expect(admissions(template, 'AWS::SQS::QueuePolicy', 'PolicyDocument')).toEqual([
      expect.objectContaining({ Condition: { ArnLike: { 'aws:SourceArn': sourceArns } } }),
    ]);
  });

  test('in a later stack, a rule finds its way to the queue allowed already', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env });
    new JobQueue(stack, 'Jobs', { senders: [QueueSender.rules()] }).publish(contract);
    const later = new Stack(app, 'Later', { env });
    const { queue } = JobQueue.fromSsm(later, 'Jobs', contract);
    new events.Rule(later, 'Rule', {
      eventPattern: { source: ['orders'] },
      targets: [new targets.SqsQueue(queue)],
    });
    Template.fromStack(later).resourceCountIs('AWS::SQS::QueuePolicy', 0);
    expect(later.dependencies).toEqual([]);
  });
});

describe('an imported job queue', () => {
  test('from SSM grants the key with the queue, and reads only what is used', () => {
    const stack = new Stack(new App(), 'Stack');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    JobQueue.fromSsm(stack, 'Jobs', contract).queue.grantSendMessages(role);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: Match.arrayWith(['sqs:SendMessage']) }),
          Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']) }),
        ]),
      },
    });
    const read = Object.values(template.findParameters('*', { Default: Match.stringLikeRegexp('^/v3-backend') }));
    expect(read.map((parameter) => parameter['Default']).sort()).toEqual(
      ['encryptionKeyArn', 'queueArn'].map((key) => contract.parameterName(key)),
    );
  });

  test('from attributes is the given one', () => {
    const imported = JobQueue.fromJobQueueAttributes(new Stack(), 'Jobs', {
      queueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/jobs',
      queueArn: 'arn:aws:sqs:eu-west-1:123456789012:jobs',
      deadLetterQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/dead',
      deadLetterQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:dead',
      encryptionKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1',
    });
    expect(imported.queue.queueName).toBe('jobs');
    expect(imported.deadLetterQueue.queueName).toBe('dead');
    expect(imported.encryptionKey.keyId).toBe('1');
  });
});

describe('an invalid job queue', () => {
  test('is refused with every problem at once', () => {
    const props = { maxReceiveCount: 0, retentionPeriod: Duration.days(14), highThroughput: true };
    expect(() => templateOf(props)).toThrow(
      /maxReceiveCount .*got 0[^]*retentionPeriod in seconds .* to 1123200, got 1209600[^]*highThroughput must not be true/,
    );
  });

  test.each<[string, JobQueueProps, RegExp]>([
    [
      'that forgets a message before it shows it again',
      { retentionPeriod: Duration.minutes(30), maxJobDuration: Duration.minutes(5) },
      /longer than the 1800 seconds that a message stays invisible, got 1800/,
    ],
    [
      'that is FIFO and told by a bucket',
      { fifo: true, senders: [QueueSender.buckets()] },
      /senders must not include buckets where fifo is true/,
    ],
    [
      'that is standard and finds duplicates',
      { contentBasedDeduplication: true, fifo: false },
      /contentBasedDeduplication must not be true where fifo is not/,
    ],
  ])('%s, is refused', (_title, props, message) => expect(() => templateOf(props)).toThrow(message));
});
