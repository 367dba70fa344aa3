import { Match, Template } from 'aws-cdk-lib/assertions';
import { contract, everything, monitoringTemplate, publishedKeys, stackWith } from '../test/fixture';
import { AlarmTopics } from './index';

type Statement = { Effect: string; Principal: { Service?: string }; Action: string | string[] };
type Resources = Record<string, { Properties: Record<string, unknown> }>;

/** The services that a policy's statements let do all of some actions. */
function allowed(statements: Statement[], ...actions: string[]): string[] {
  const granting = statements.filter(
    ({ Effect, Action }) => Effect === 'Allow' && actions.every((action) => [Action].flat().includes(action)),
  );
  return granting.flatMap(({ Principal }) => (Principal.Service ? [Principal.Service] : []));
}

/** From a topic to the services that may publish to it, and those that may use its key. */
function notifiersOf(template: Template, topic: string) {
  const find = (type: string) => template.findResources(type) as Resources;
  const policies = Object.values(find('AWS::SNS::TopicPolicy')).filter(({ Properties }) =>
    JSON.stringify(Properties['Topics']).includes(topic),
  );
  const publish = policies.flatMap(({ Properties }) =>
    allowed((Properties['PolicyDocument'] as { Statement: Statement[] }).Statement, 'sns:Publish'),
  );
  const [keyId] = (find('AWS::SNS::Topic')[topic]!.Properties['KmsMasterKeyId'] as { 'Fn::GetAtt': string[] })[
    'Fn::GetAtt'
  ];
  const { Statement } = find('AWS::KMS::Key')[keyId!]!.Properties['KeyPolicy'] as { Statement: Statement[] };
  return { publish, encrypt: allowed(Statement, 'kms:Decrypt', 'kms:GenerateDataKey*') };
}

describe('from every alarm and rule to its topic and on to the key', () => {
  const template = monitoringTemplate(everything);

  test('CloudWatch may publish and encrypt; without, notifications vanish', () => {
    const alarms = [
      ...Object.values(template.findResources('AWS::CloudWatch::Alarm')),
      ...Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm')),
    ];
    const topics = new Set<string>(
      alarms.flatMap(({ Properties }) =>
        [...(Properties.AlarmActions ?? []), ...(Properties.OKActions ?? [])].map(({ Ref }: { Ref: string }) => Ref),
      ),
    );
    expect(topics.size).toBe(2);
    for (const topic of topics) {
      const { publish, encrypt } = notifiersOf(template, topic);
      expect(publish).toContain('cloudwatch.amazonaws.com');
      expect(encrypt).toContain('cloudwatch.amazonaws.com');
    }
  });

  test('EventBridge may, too', () => {
    const [rule] = Object.values(template.findResources('AWS::Events::Rule'));
    const { publish, encrypt } = notifiersOf(template, rule!.Properties.Targets[0].Arn.Ref);
    expect(publish).toContain('events.amazonaws.com');
    expect(encrypt).toContain('events.amazonaws.com');
  });

  test('only over TLS, and CloudWatch only for alarms of this account', () =>
    template.allResourcesProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
          }),
        ]),
      }),
    }));

  test('people subscribe by severity', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 2);
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'oncall@example.com' });
  });

  test('an unprotected key goes with the stack', () =>
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' }));
});

describe('topics alone', () => {
  test('are published, and known in other stacks by that', () => {
    const stack = stackWith();
    new AlarmTopics(stack, 'Topics').publish(contract('topics'));
    expect(publishedKeys(Template.fromStack(stack))).toEqual([
      'criticalTopicArn',
      'encryptionKeyArn',
      'warningTopicArn',
    ]);
    const topics = AlarmTopics.fromAlarmTopicsAttributes(stackWith(), 'Topics', {
      criticalTopicArn: 'arn:aws:sns:eu-west-1:123456789012:critical',
      warningTopicArn: 'arn:aws:sns:eu-west-1:123456789012:warning',
      encryptionKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1',
    });
    expect(topics.criticalTopic.topicName).toBe('critical');
    expect(topics.warningTopic.topicName).toBe('warning');
  });

  test('are refused with an address that is none', () =>
    expect(() => new AlarmTopics(stackWith(), 'Topics', { criticalEmails: ['x'], warningEmails: ['@'] })).toThrow(
      /criticalEmails must be e-mail addresses, got "x"\n.*warningEmails must be e-mail addresses, got "@"/,
    ));
});
