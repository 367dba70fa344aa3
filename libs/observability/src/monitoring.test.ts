import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { OpsItemSeverity, SsmAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  contract,
  everyPart,
  everything,
  monitoringTemplate,
  publishedKeys,
  queueNamed,
  readParameters,
  stackWith,
} from '../test/fixture';
import { AlarmSeverity, AlarmTopics, Monitoring, type MonitoringProps } from './index';

const database = { instanceIdentifier: 'db', allocatedStorageGiB: 100 };

describe('monitoring everything, known by name only', () => {
  const template = monitoringTemplate(everything);
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  const topicsOf = (actions: { Ref?: string }[] = []) =>
    actions.map(({ Ref }) => /Topics(Critical|Warning)/.exec(Ref!)![1]);

  test('alarms say what silence means, and what is wrong', () => {
    expect(alarms.length).toBeGreaterThan(30);
    for (const { TreatMissingData, AlarmDescription } of alarms) {
      expect(TreatMissingData).toMatch(/^(notBreaching|breaching|ignore)$/);
      expect(AlarmDescription).toMatch(/\.$/);
    }
  });

  test('no alarm is left without a message: its own, or that of its service', () => {
    const composites = template.findResources('AWS::CloudWatch::CompositeAlarm');
    const notifying = Object.values(composites).filter(({ Properties }) => Properties.AlarmActions);
    const covered = notifying.map(({ Properties }) => JSON.stringify(Properties.AlarmRule)).join();
    for (const [id, { Properties }] of Object.entries(template.findResources('AWS::CloudWatch::Alarm'))) {
      expect([topicsOf(Properties.AlarmActions).length, covered.split(`"${id}"`).length - 1].sort()).toEqual([0, 1]);
    }
  });

  test('a service without a running task and a healthy target is one critical message, and one when it is over', () => {
    template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmDescription: 'Something does not work with the service api.',
      AlarmRule: {
        'Fn::Join': [
          '',
          Match.arrayWith([
            { 'Fn::GetAtt': [Match.stringLikeRegexp('LoadBalancerApiNoHealthyTarget'), 'Arn'] },
            { 'Fn::GetAtt': [Match.stringLikeRegexp('ServicesApiNotRunning'), 'Arn'] },
          ]),
        ],
      },
      AlarmActions: [{ Ref: Match.stringLikeRegexp('TopicsCritical') }],
      OKActions: [{ Ref: Match.stringLikeRegexp('TopicsCritical') }],
    });
  });

  test('the alarm that stands for all critical ones has no message: a standing one would hide the next', () => {
    const [overall, ...others] = Object.values(
      template.findResources('AWS::CloudWatch::CompositeAlarm', {
        Properties: { AlarmDescription: Match.stringLikeRegexp('one or more of the critical') },
      }),
    );
    expect(others).toEqual([]);
    expect(overall!.Properties).not.toHaveProperty('AlarmActions');
    const rule = JSON.stringify(overall!.Properties.AlarmRule);
    for (const subject of ['ServiceApi', 'ServiceWorker', 'LoadBalancerErrors', 'JobsStandstill', 'ApiExpiring']) {
      expect(rule).toContain(subject);
    }
  });

  test('warnings go to the topic for warnings', () => {
    const latency = alarms.find(({ MetricName }) => MetricName === 'TargetResponseTime');
    expect(topicsOf(latency!.AlarmActions)).toEqual(['Warning']);
  });

  test('the dashboard has a section for every part, and thresholds in its graphs', () => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(dashboard!.Properties.DashboardBody);
    for (const section of [
      ...['Load balancer', 'Services', 'Queues', 'Database', 'Web ACL', 'Certificates', 'Log forwarder'],
      'Deployments',
    ]) {
      expect(body).toContain(`## ${section}`);
    }
    expect(body).toContain('CPUUtilization > 85 for 15 datapoints');
  });

  test('publishes its complete contract', () =>
    expect(publishedKeys(template)).toEqual([
      'criticalAlarmArn',
      'criticalAlarmName',
      'criticalTopicArn',
      'dashboardName',
      'encryptionKeyArn',
      'warningTopicArn',
    ]));

  test('synthesizes without any feature flag, and where account and region are not known', () => {
    monitoringTemplate(everything, stackWith({})).resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    monitoringTemplate(everything, new Stack()).resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  });
});

describe('a failed deployment', () => {
  test('is told to the critical topic, with its reason', () => {
    monitoringTemplate(everyPart).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.ecs'],
        'detail-type': ['ECS Deployment State Change'],
        resources: ['api-1', 'worker-1'].map((name) => `arn:aws:ecs:eu-west-1:123456789012:service/cluster/${name}`),
        detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
      },
      Targets: [
        Match.objectLike({
          Arn: { Ref: Match.stringLikeRegexp('TopicsCritical') },
          InputTransformer: Match.objectLike({
            InputPathsMap: Match.objectLike({ 'detail-reason': '$.detail.reason' }),
          }),
        }),
      ],
    });
  });

  test('may be a warning', () => {
    const template = monitoringTemplate((stack) => ({
      ...everyPart(stack),
      failedDeployments: AlarmSeverity.WARNING,
    }));
    template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('TopicsWarning') } })],
    });
  });
});

describe('monitoring one part', () => {
  test('has the same contract, keeps the key when the stack is deleted, and needs no composite alarm but one', () => {
    const instanceType = new ec2.InstanceType('c7g.odd');
    const template = monitoringTemplate(() => ({ database: { ...database, instanceType } }));
    expect(publishedKeys(template)).toHaveLength(6);
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
    template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 1);
    template.resourceCountIs('AWS::Events::Rule', 0);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('Less than 5 % of the database'),
      AlarmActions: [{ Ref: Match.stringLikeRegexp('TopicsCritical') }],
    });
  });

  test('can notify topics of another stack, and do more than notify', () => {
    const stack = stackWith();
    new Monitoring(stack, 'Monitoring', {
      database,
      topics: AlarmTopics.fromSsm(stack, 'Topics', contract('monitoring')),
      criticalActions: [new SsmAction(OpsItemSeverity.HIGH)],
      warningActions: [new SsmAction(OpsItemSeverity.LOW)],
    });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::SNS::Topic', 0);
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [{ Ref: Match.stringLikeRegexp('criticalTopicArn') }, Match.stringLikeRegexp('opsitem:2$')],
    });
    expect(readParameters(stack)).toContain('/v3-backend/development/monitoring/warningTopicArn');
  });

  test('of another stack is known by what that publishes', () => {
    const stack = stackWith();
    const monitoring = Monitoring.fromSsm(stack, 'Monitoring', contract('monitoring'));
    stack.exportValue(monitoring.criticalTopic.topicArn, { name: 'topic' });
    const read = readParameters(stack);
    expect(read).toContain('/v3-backend/development/monitoring/criticalTopicArn');
    expect(read).not.toContain('/v3-backend/development/monitoring/dashboardName');
  });
});

describe('a monitoring is refused', () => {
  const build = (props: MonitoringProps, stack = stackWith()) => {
    return () => new Monitoring(stack, 'Monitoring', props);
  };

  test('with nothing to watch and a name that is none', () =>
    expect(build({ dashboardName: 'a b', failedDeployments: AlarmSeverity.WARNING })).toThrow(
      /one of loadBalancer, services.*\n.*dashboardName must be.*"a b"\n.*failedDeployments needs services/,
    ));

  test('with topics, and what topics of its own would need', () => {
    const stack = stackWith();
    const topics = new AlarmTopics(stack, 'Topics');
    expect(build({ database, topics, warningEmails: [], protect: false }, stack)).toThrow(
      /warningEmails is for topics of its own.*\n.*protect is for topics of its own/,
    );
  });

  test('without any critical alarm', () =>
    expect(build({ webAcl: { webAclMetricName: 'acl' } })).toThrow(/nothing that is watched has a critical alarm/));

  test('with critical alarms about more subjects than one alarm can stand for', () => {
    const stack = stackWith();
    const names = Array.from({ length: 101 }, (_, index) => `q${index}`);
    const queues = Object.fromEntries(names.map((name) => [name, queueNamed(stack, name)]));
    expect(build({ queues: { queues } }, stack)).toThrow(/about 101 subjects, but at most 100 can be/);
  });
});
