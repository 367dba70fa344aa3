import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DataKey, Queues, type QueuesProps } from '../index';

const sqs = new SsmContract({ environment: 'test', stack: 'sqs' });

function queuesTemplate(props?: QueuesProps): Template {
  const stack = new Stack(new App(), 'Stack');
  new Queues(stack, 'Queues', props).publish(sqs);
  return Template.fromStack(stack);
}

function consumer(): { stack: Stack; role: iam.Role } {
  const stack = new Stack(new App(), 'Consumer');
  return {
    stack,
    role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }),
  };
}

function readBy(stack: Stack): string[] {
  const parameters = Template.fromStack(stack).findParameters('*', { Default: Match.stringLikeRegexp('^/v3-backend') });
  return Object.values(parameters).map((parameter) => parameter['Default'] as string);
}

describe('queues', () => {
  test('are encrypted with one rotated key, refuse clear text, and outlive the stack', () => {
    const template = queuesTemplate();
    template.resourceCountIs('AWS::SQS::Queue', 6);
    template.allResources('AWS::SQS::Queue', {
      DeletionPolicy: 'Retain',
      Properties: { KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^QueuesKey'), 'Arn'] } },
    });
    template.resourceCountIs('AWS::SQS::QueuePolicy', 6);
    template.allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
      },
    });
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
  });

  test('keep a message invisible 6 times as long as a job may take, up to the 12 hours of SQS', () => {
    queuesTemplate({ maxJobDuration: Duration.hours(2) }).resourcePropertiesCountIs(
      'AWS::SQS::Queue',
      { VisibilityTimeout: 12 * 3600 },
      3,
    );
  });

  test('each have a dead-letter queue that keeps messages longer and takes them from that queue only', () => {
    const queues = queuesTemplate({ maxReceiveCount: 3 }).findResources('AWS::SQS::Queue');
    const sources = Object.values(queues).filter(({ Properties: p }) => p.RedrivePolicy);
    expect(sources).toHaveLength(3);
    for (const { Properties: source } of sources) {
      expect(source.RedrivePolicy.maxReceiveCount).toBe(3);
      const dead = queues[source.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]]!.Properties;
      expect(dead.MessageRetentionPeriod).toBeGreaterThan(source.MessageRetentionPeriod);
      expect(dead.RedriveAllowPolicy.redrivePermission).toBe('byQueue');
      const [arn] = dead.RedriveAllowPolicy.sourceQueueArns;
      expect(JSON.stringify(arn)).toContain(JSON.stringify(source.QueueName));
    }
  });

  test('have names that differ when the stack is created anew, so that SQS has not reserved them', () => {
    queuesTemplate().resourcePropertiesCountIs(
      'AWS::SQS::Queue',
      {
        QueueName: {
          'Fn::Join': [
            '-',
            [Match.stringLikeRegexp('^.{1,71}$'), Match.objectLike({ 'Fn::Select': [0, Match.anyValue()] })],
          ],
        },
      },
      3,
    );
  });

  test('are deleted with the stack where nothing is protected, the key after the shortest wait', () => {
    const template = queuesTemplate({ protect: false });
    template.allResources('AWS::SQS::Queue', { DeletionPolicy: 'Delete' });
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete', Properties: { PendingWindowInDays: 7 } });
  });

  test('report every invalid prop at once', () => {
    expect(() => queuesTemplate({ maxJobDuration: Duration.hours(3), maxReceiveCount: 0 })).toThrow(
      /maxJobDuration in seconds .* to 7200, got 10800[^]*maxReceiveCount .*got 0/,
    );
  });

  test('publish URL, ARN and name of each, and the key', () => {
    const published = Object.values(queuesTemplate().findResources('AWS::SSM::Parameter'));
    expect(published).toHaveLength(6 * 3 + 1);
    expect(published.map((p) => p.Properties.Name)).toEqual(
      expect.arrayContaining(
        ['backgroundJobQueueUrl', 'notificationDeadLetterQueueName', 'encryptionKeyArn'].map((k) =>
          sqs.parameterName(k),
        ),
      ),
    );
  });

  test('from SSM grant the key with the queue, and only what is used is read', () => {
    const { stack, role } = consumer();
    Queues.fromSsm(stack, 'Queues', sqs).dataRefreshQueue.grantConsumeMessages(role);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: Match.arrayWith(['sqs:ReceiveMessage']) }),
          Match.objectLike({ Action: 'kms:Decrypt' }),
        ]),
      },
    });
    expect(readBy(stack).sort()).toEqual([
      sqs.parameterName('dataRefreshQueueArn'),
      sqs.parameterName('encryptionKeyArn'),
    ]);
  });

  test('from attributes are the given queues', () => {
    const arn = (name: string) => `arn:aws:sqs:eu-west-1:123456789012:${name}`;
    const url = (name: string) => `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`;
    const queues = Queues.fromQueuesAttributes(new Stack(), 'Queues', {
      backgroundJobQueueUrl: url('jobs'),
      backgroundJobQueueArn: arn('jobs'),
      dataRefreshQueueUrl: url('refresh'),
      dataRefreshQueueArn: arn('refresh'),
      notificationQueueUrl: url('notify'),
      notificationQueueArn: arn('notify'),
      backgroundJobDeadLetterQueueUrl: url('jobs-dead'),
      backgroundJobDeadLetterQueueArn: arn('jobs-dead'),
      dataRefreshDeadLetterQueueUrl: url('refresh-dead'),
      dataRefreshDeadLetterQueueArn: arn('refresh-dead'),
      notificationDeadLetterQueueUrl: url('notify-dead'),
      notificationDeadLetterQueueArn: arn('notify-dead'),
      encryptionKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1',
    });
    expect(queues.backgroundJobQueue.queueName).toBe('jobs');
    expect(queues.notificationDeadLetterQueue.queueUrl).toBe(url('notify-dead'));
    expect(queues.encryptionKey.keyId).toBe('1');
  });
});

test('what is different for one queue is so for that queue only', () => {
  const template = queuesTemplate({
    maxReceiveCount: 3,
    notifications: { fifo: true, maxReceiveCount: 10, retentionPeriod: Duration.days(1) },
  });
  template.resourcePropertiesCountIs('AWS::SQS::Queue', { FifoQueue: true }, 2);
  template.hasResourceProperties('AWS::SQS::Queue', {
    FifoQueue: true,
    MessageRetentionPeriod: 24 * 3600,
    RedrivePolicy: Match.objectLike({ maxReceiveCount: 10 }),
  });
  template.resourcePropertiesCountIs('AWS::SQS::Queue', { RedrivePolicy: Match.objectLike({ maxReceiveCount: 3 }) }, 2);
});

test('queues may have the key of another construct of the stack', () => {
  const stack = new Stack(new App(), 'Stack');
  const { key } = new DataKey(stack, 'DataKey', { description: 'All data' });
  new Queues(stack, 'Queues', { encryptionKey: key });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::KMS::Key', 1);
  template.allResourcesProperties('AWS::SQS::Queue', {
    KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DataKey'), 'Arn'] },
  });
});
