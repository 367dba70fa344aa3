import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CERTIFICATE_ARN, everything, monitoringTemplate, queueNamed, stackWith } from '../test/fixture';
import {
  AlarmSeverity,
  CertificateMonitoring,
  DatabaseMonitoring,
  FailedDeployments,
  LoadBalancerMonitoring,
  LogForwarderMonitoring,
  QueueMonitoring,
  ServiceMonitoring,
  WebAclMonitoring,
} from './index';

const loadBalancer = { loadBalancerFullName: 'app/backend/1', targetGroupFullNames: { api: 'targetgroup/api/1' } };
const services = { clusterName: 'cluster', serviceNames: { api: 'api-1' } };
const database = { instanceIdentifier: 'db-1', allocatedStorageGiB: 20 };

const dimensions = (values: { [name: string]: string }) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

describe('an alarm is raised', () => {
  const template = monitoringTemplate(everything);
  const apiTargets = { LoadBalancer: 'app/backend/1', TargetGroup: 'targetgroup/api/1' };
  const apiTasks = { ClusterName: 'cluster', ServiceName: 'api-1' };
  const db = { DBInstanceIdentifier: 'db-1' };

  test.each([
    ['HealthyHostCount', apiTargets, 'Less', 1],
    ['TargetResponseTime', { LoadBalancer: 'app/backend/1' }, 'Greater', 1],
    ['RejectedConnectionCount', { LoadBalancer: 'app/backend/1' }, 'Greater', 0],
    ['RunningTaskCount', apiTasks, 'Less', 1],
    ['CPUUtilization', apiTasks, 'Greater', 85],
    ['MemoryUtilization', apiTasks, 'Greater', 90],
    ['ApproximateNumberOfMessagesVisible', { QueueName: 'jobs-dlq' }, 'Greater', 0],
    ['ApproximateNumberOfMessagesVisible', { QueueName: 'jobs' }, 'Greater', 1000],
    ['ApproximateAgeOfOldestMessage', { QueueName: 'jobs' }, 'Greater', 900],
    ['ApproximateAgeOfOldestMessage', { QueueName: 'jobs' }, 'Greater', 3600],
    ['CPUUtilization', db, 'Greater', 80],
    ['FreeStorageSpace', db, 'Less', 3 * 1024 ** 3],
    ['FreeStorageSpace', db, 'Less', 1024 ** 3],
    ['DatabaseConnections', db, 'Greater', 89],
    ['FreeableMemory', db, 'Less', Math.floor(0.05 * 1024 ** 3)],
    ['MaximumUsedTransactionIDs', db, 'Greater', 1_000_000_000],
    ['BlockedRequests', { Region: 'eu-west-1', Rule: 'ALL', WebACL: 'acl' }, 'Greater', 1000],
    ['DaysToExpiry', { CertificateArn: CERTIFICATE_ARN }, 'Less', 30],
    ['DaysToExpiry', { CertificateArn: CERTIFICATE_ARN }, 'Less', 7],
    ['ApproximateNumberOfMessagesVisible', { QueueName: 'forwarder-dlq' }, 'Greater', 0],
    ['Errors', { FunctionName: 'forwarder' }, 'Greater', 0],
    ['Throttles', { FunctionName: 'forwarder' }, 'Greater', 0],
  ])('when %s of %j is %sThan %d', (MetricName, of, comparison, Threshold) =>
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName,
      Dimensions: dimensions(of),
      Threshold,
      ComparisonOperator: `${comparison}ThanThreshold`,
    }),
  );

  test.each([
    [
      'too many requests fail, by errors of the load balancer too',
      '100 * (FILL(target, 0) + FILL(elb, 0)) / requests',
      5,
    ],
    ['too many requests to one service fail', '100 * FILL(failed_api, 0) / requests_api', 5],
    ['some targets of a service are unhealthy', 'IF(healthy_api > 0, unhealthy_api, 0)', 0],
    ['some tasks of a service are missing', 'IF(running > 0, desired - running, 0)', 0],
    ['many requests are above one of the rate limits', 'FILL(m0, 0) + FILL(m1, 0)', 100],
    ['many of the requests are blocked', '100 * FILL(blocked, 0) / (FILL(blocked, 0) + FILL(allowed, 0))', 20],
  ])('when %s', (_what, Expression, Threshold) =>
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Threshold,
      Metrics: Match.arrayWith([Match.objectLike({ Expression })]),
    }),
  );

  test('on a service or a target that is silent, and kept on a certificate that ACM no longer reports', () => {
    const silent = (MetricName: string, TreatMissingData: string) =>
      template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, TreatMissingData });
    silent('RunningTaskCount', 'breaching');
    silent('HealthyHostCount', 'breaching');
    silent('DaysToExpiry', 'ignore');
    silent('ApproximateAgeOfOldestMessage', 'notBreaching');
  });
});

describe('thresholds in the props', () => {
  const stack = stackWith();
  new LoadBalancerMonitoring(stack, 'LoadBalancer', {
    ...loadBalancer,
    maxErrorPercent: 2,
    maxLatency: Duration.millis(500),
  });
  new ServiceMonitoring(stack, 'Services', { ...services, maxCpuPercent: 70, maxMemoryPercent: 75 });
  new QueueMonitoring(stack, 'Queues', {
    queues: { jobs: queueNamed(stack, 'jobs') },
    maxAge: Duration.minutes(1),
    maxTimeToDrain: Duration.hours(2),
  });
  new DatabaseMonitoring(stack, 'Database', {
    ...database,
    instanceType: new ec2.InstanceType('db.r6g.2xlarge'),
    maxCpuPercent: 60,
    minFreeMemoryPercent: 50,
  });
  new WebAclMonitoring(stack, 'WebAcl', {
    webAclMetricName: 'acl',
    rateLimitMetricNames: ['login'],
    maxBlockedRequests: 10,
    maxRateLimitedRequests: 11,
  });
  new CertificateMonitoring(stack, 'Certificates', {
    certificateArns: { 'my-api': CERTIFICATE_ARN },
    minValidity: Duration.days(20),
    criticalValidity: Duration.days(10),
  });
  const template = Template.fromStack(stack);

  test.each([
    ['TargetResponseTime', 0.5],
    ['MemoryUtilization', 75],
    ['ApproximateAgeOfOldestMessage', 60],
    ['ApproximateAgeOfOldestMessage', 240],
    ['FreeableMemory', 32 * 1024 ** 3],
    ['DatabaseConnections', 4000],
    ['BlockedRequests', 10],
    ['DaysToExpiry', 20],
    ['DaysToExpiry', 10],
  ])('%s: %d', (MetricName, Threshold) =>
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, Threshold }),
  );

  test('of calculations, too', () => {
    const threshold = (Threshold: number, Expression: unknown) =>
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        Threshold,
        Metrics: Match.arrayWith([Match.objectLike({ Expression })]),
      });
    threshold(2, Match.stringLikeRegexp('/ requests_api$'));
    threshold(7200, 'IF(waiting_jobs == 0, 0, IF(done_jobs > 0, 60 * waiting_jobs / done_jobs, 1209600))');
    threshold(11, 'FILL(m0, 0)');
  });
});

describe('a single alarm', () => {
  const stack = stackWith();
  const part = new ServiceMonitoring(stack, 'Services', {
    ...services,
    serviceNames: { api: 'api-1', worker: 'worker-1' },
    alarmOverrides: {
      WorkerCpu: { threshold: 97.5, periods: 60, severity: AlarmSeverity.CRITICAL },
      ApiMemory: { enabled: false },
    },
  });

  test('can have another threshold, time and severity', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Dimensions: dimensions({ ClusterName: 'cluster', ServiceName: 'worker-1' }),
      MetricName: 'CPUUtilization',
      Threshold: 97.5,
      EvaluationPeriods: 60,
    });
    const critical = part.alarms.filter(({ severity }) => severity === AlarmSeverity.CRITICAL);
    expect(critical.map(({ alarm }) => alarm.node.id)).toEqual(['ApiNotRunning', 'WorkerNotRunning', 'WorkerCpu']);
  });

  test('can be left out, and the others stay', () => {
    const ids = part.alarms.map(({ alarm }) => alarm.node.id);
    expect(ids).not.toContain('ApiMemory');
    expect(ids).toContain('WorkerMemory');
    expect(ids).toHaveLength(7);
  });
});

describe('everything that is wrong is reported at once:', () => {
  const days = { certificateArns: { api: CERTIFICATE_ARN } };
  test.each<[string, () => unknown, RegExp]>([
    [
      'overrides for no alarm, and out of range',
      () =>
        new ServiceMonitoring(stackWith(), 'Part', {
          ...services,
          maxCpuPercent: 0,
          alarmOverrides: { WorkerCpu: {}, ApiCpu: { threshold: -1, periods: 1441 } },
        }),
      /maxCpuPercent must be.*\n.*alarms there are \(ApiNotRunning, ApiMissingTasks, ApiCpu, ApiMemory\), got WorkerCpu\n.*ApiCpu.threshold must be a number of 0 or more, got -1\n.*ApiCpu.periods must be a whole number from 1 to 1440, got 1441/,
    ],
    [
      'days of certificates',
      () =>
        new CertificateMonitoring(stackWith(), 'Part', {
          ...days,
          minValidity: Duration.days(60),
          criticalValidity: Duration.days(60),
          alarmOverrides: { ApiExpiring: { periods: 8 } },
        }),
      /minValidity \(days\) must be.*\n.*criticalValidity \(days\) must be.*\n.*shorter than minValidity, got 60 and 60 days\n.*periods must be a whole number from 1 to 7, got 8/,
    ],
    [
      'load balancer',
      () =>
        new LoadBalancerMonitoring(stackWith(), 'Part', {
          loadBalancerFullName: 'app/x/1',
          targetGroupFullNames: { 'My API': 'targetgroup/x/1' },
          maxErrorPercent: 101,
          maxLatency: Duration.hours(1),
        }),
      /targetGroupFullNames: a name must be in camel or kebab case, got "My API"\n.*maxErrorPercent.*\n.*maxLatency/,
    ],
    [
      'queues',
      () =>
        new QueueMonitoring(stackWith(), 'Part', {
          queues: {},
          maxAge: Duration.seconds(1),
          maxDepth: -1,
          maxTimeToDrain: Duration.days(14),
        }),
      /queues must have one entry or more.*\n.*maxAge.*\n.*maxDepth.*\n.*maxTimeToDrain \(seconds\) must be a whole number from 60 to 1209599, got 1209600/,
    ],
    [
      'database',
      () =>
        new DatabaseMonitoring(stackWith(), 'Part', {
          ...database,
          allocatedStorageGiB: 1,
          maxCpuPercent: 101,
          minFreeMemoryPercent: 100,
        }),
      /allocatedStorageGiB must be.*\n.*maxCpuPercent must be.*\n.*minFreeMemoryPercent must be/,
    ],
    [
      'web ACL',
      () =>
        new WebAclMonitoring(stackWith(), 'Part', {
          webAclMetricName: 'acl',
          maxBlockedRequests: -1,
          maxBlockedPercent: 100,
          maxRateLimitedRequests: 5,
        }),
      /maxBlockedRequests must be.*\n.*maxBlockedPercent must be.*\n.*maxRateLimitedRequests needs rateLimitMetricNames/,
    ],
    [
      'log forwarder',
      () =>
        new LogForwarderMonitoring(stackWith(), 'Part', {
          functionName: 'f',
          deadLetterQueueName: 'q',
          alarmOverrides: { Late: {} },
        }),
      /alarms there are \(Lost, Errors, Throttles\), got Late/,
    ],
    [
      'deployments of nothing',
      () => {
        const stack = stackWith();
        const { queue } = queueNamed(stack, 'jobs');
        return new FailedDeployments(stack, 'Part', { clusterName: 'c', serviceNames: {}, topic: queue as never });
      },
      /serviceNames must have one entry or more, got none/,
    ],
  ])('%s', (_what, build, problems) => expect(build).toThrow(problems));
});
