import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Monitoring, type MonitoringProps } from './index';

const env = { account: '123456789012', region: 'eu-west-1' };
const contract = (stack: string) => new SsmContract({ environment: 'development', stack });
const stackWith = (flags: { [flag: string]: unknown } = recommendedFlags) =>
  new Stack(new App({ context: flags }), 'stack', { env });

function publishedKeys(template: Template): string[] {
  const parameters = Object.values(template.findResources('AWS::SSM::Parameter'));
  return parameters.map(({ Properties }) => Properties.Name.split('/').at(-1)).sort();
}

function everything(stack: Stack): MonitoringProps {
  const queue = (name: string) => sqs.Queue.fromQueueArn(stack, name, `arn:aws:sqs:eu-west-1:123456789012:${name}`);
  return {
    dashboardName: 'operations',
    criticalEmails: ['oncall@example.com'],
    warningEmails: ['team@example.com'],
    protect: false,
    loadBalancer: {
      loadBalancerFullName: 'app/backend/1',
      targetGroupFullNames: { api: 'targetgroup/api/1', worker: 'targetgroup/worker/1' },
      maxErrorPercent: 2,
      maxLatency: Duration.millis(500),
    },
    services: { clusterName: 'cluster', serviceNames: { api: 'api-1', worker: 'worker-1' } },
    queues: { queues: { jobs: { queue: queue('jobs'), deadLetterQueue: queue('jobs-dlq') } } },
    database: {
      instanceIdentifier: 'db-1',
      allocatedStorageGiB: 20,
      instanceType: new ec2.InstanceType('t4g.micro'),
    },
  };
}

function monitoringTemplate(props: (stack: Stack) => MonitoringProps, flags?: { [flag: string]: unknown }): Template {
  const stack = stackWith(flags);
  new Monitoring(stack, 'Monitoring', props(stack)).publish(contract('monitoring'));
  return Template.fromStack(stack);
}

describe('monitoring everything, known by name only', () => {
  const template = monitoringTemplate(everything);

  test('alarms say what silence means, and what is wrong', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms).toHaveLength(2 + 4 + 6 + 3 + 4);
    for (const { Properties } of alarms) {
      expect(Properties.TreatMissingData).toMatch(/^(notBreaching|breaching)$/);
      expect(Properties.AlarmDescription).toMatch(/\.$/);
    }
  });

  test('critical alarms make one notification, through one alarm that stands for all of them', () => {
    template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmActions: [{ Ref: Match.stringLikeRegexp('TopicsCritical') }],
      OKActions: [{ Ref: Match.stringLikeRegexp('TopicsCritical') }],
    });
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    const silent = alarms.filter(({ Properties }) => !Properties.AlarmActions);
    const [composite] = Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm'));
    expect(JSON.stringify(composite).match(/ALARM\(/g)).toHaveLength(silent.length);
  });

  test('failed requests count the load balancer’s own errors too', () =>
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Threshold: 2,
      Metrics: Match.arrayWith([
        Match.objectLike({ Expression: '100 * (FILL(target, 0) + FILL(elb, 0)) / requests' }),
        Match.objectLike({
          MetricStat: Match.objectLike({ Metric: Match.objectLike({ MetricName: 'HTTPCode_ELB_5XX_Count' }) }),
        }),
      ]),
    }));

  test.each([
    [
      'HealthyHostCount',
      [
        { Name: 'LoadBalancer', Value: 'app/backend/1' },
        { Name: 'TargetGroup', Value: 'targetgroup/worker/1' },
      ],
      1,
    ],
    [
      'RunningTaskCount',
      [
        { Name: 'ClusterName', Value: 'cluster' },
        { Name: 'ServiceName', Value: 'api-1' },
      ],
      1,
    ],
    ['ApproximateNumberOfMessagesVisible', [{ Name: 'QueueName', Value: 'jobs-dlq' }], 0],
    ['ApproximateAgeOfOldestMessage', [{ Name: 'QueueName', Value: 'jobs' }], 3600],
    ['FreeStorageSpace', [{ Name: 'DBInstanceIdentifier', Value: 'db-1' }], 1024 ** 3],
    ['DatabaseConnections', [{ Name: 'DBInstanceIdentifier', Value: 'db-1' }], 89],
    ['TargetResponseTime', [{ Name: 'LoadBalancer', Value: 'app/backend/1' }], 0.5],
  ])('%s of %j raises an alarm at %d', (MetricName, Dimensions, Threshold) =>
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, Dimensions, Threshold }),
  );

  test('CloudWatch may use the topics’ key and publish to them; without, notifications vanish', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          }),
        ]),
      }),
    });
    template.resourceCountIs('AWS::SNS::TopicPolicy', 2);
    template.allResourcesProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish' }),
        ]),
      }),
    });
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
  });

  test('people subscribe by severity', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 2);
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'oncall@example.com' });
  });

  test('an unprotected key goes with the stack', () =>
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' }));

  test('publishes its complete contract', () =>
    expect(publishedKeys(template)).toEqual([
      'criticalAlarmArn',
      'criticalAlarmName',
      'criticalTopicArn',
      'dashboardName',
      'encryptionKeyArn',
      'warningTopicArn',
    ]));

  test('synthesizes without any feature flag', () =>
    monitoringTemplate(everything, {}).resourceCountIs('AWS::CloudWatch::Dashboard', 1));
});

describe('monitoring one part', () => {
  test('has the same contract, and keeps the key when the stack is deleted', () => {
    const template = monitoringTemplate(() => ({
      database: { instanceIdentifier: 'db', allocatedStorageGiB: 100, instanceType: new ec2.InstanceType('c7g.odd') },
    }));
    expect(publishedKeys(template)).toHaveLength(6);
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
    template.resourceCountIs('AWS::CloudWatch::Alarm', 3);
  });

  test('is refused with thresholds out of range, an address that is none, or nothing to watch', () => {
    const database = { instanceIdentifier: 'db', allocatedStorageGiB: 1, maxCpuPercent: 101 };
    const build = (props: MonitoringProps) => () => new Monitoring(stackWith(), 'Monitoring', props);
    expect(build({ database })).toThrow(/allocatedStorageGiB must be.*\n.*maxCpuPercent must be/);
    expect(build({ dashboardName: 'a b' })).toThrow(/one of loadBalancer, services.*\n.*dashboardName must be/);
    expect(
      build({ database: { ...database, allocatedStorageGiB: 20, maxCpuPercent: 80 }, criticalEmails: ['x'] }),
    ).toThrow(/criticalEmails must be e-mail addresses, got "x"/);
  });

  test('of another stack is known by what that publishes', () => {
    const stack = stackWith();
    const monitoring = Monitoring.fromSsm(stack, 'Monitoring', contract('monitoring'));
    stack.exportValue(monitoring.criticalTopic.topicArn, { name: 'topic' });
    const read = Object.values(Template.fromStack(stack).findParameters('*')).map(({ Default }) => Default);
    expect(read).toContain('/v3-backend/development/monitoring/criticalTopicArn');
    expect(read).not.toContain('/v3-backend/development/monitoring/dashboardName');
  });
});
