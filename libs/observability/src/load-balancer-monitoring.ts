import { PropsValidation } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmSeverity } from './alarm-severity';
import type { IMonitoringPart, MonitoredAlarm } from './monitoring-part';
import type { MonitoringPartOptions } from './monitoring-part-options';
import { Alarms, type AlarmSpec } from './private/alarms';
import { calculation, metric } from './private/metrics';
import { mapValues, pascalCase, validateNames } from './private/named';
import { graph, heading } from './private/widgets';

const NAMESPACE = 'AWS/ApplicationELB';

/** Properties of a `LoadBalancerMonitoring`. */
export interface LoadBalancerMonitoringProps extends MonitoringPartOptions {
  /** The load balancer's full name, e.g. `app/backend/50dc6c495c0c9188`. */
  readonly loadBalancerFullName: string;

  /** Full name by service, e.g. `{ api: 'targetgroup/api/73e2d6bc24d8a067' }`. */
  readonly targetGroupFullNames: { [service: string]: string };

  /**
   * The share of requests that may fail with a 5xx, in percent; of all requests, and of those to each service.
   *
   * @default 5
   */
  readonly maxErrorPercent?: number;

  /**
   * The time in which 95 % of the responses should start.
   *
   * @default Duration.seconds(1)
   */
  readonly maxLatency?: Duration;
}

/** Watches a load balancer and its target groups: errors, latency, refused connections, healthy targets. */
export class LoadBalancerMonitoring extends Construct implements IMonitoringPart {
  public readonly alarms: MonitoredAlarm[];
  public readonly widgets: cloudwatch.IWidget[];

  /** @throws when a prop or an override is out of range; all problems in one error. */
  constructor(scope: Construct, id: string, props: LoadBalancerMonitoringProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validateNames(validation, 'targetGroupFullNames', props.targetGroupFullNames);
    validation.inRange('maxErrorPercent', 0, 100, props.maxErrorPercent);
    validation.inRange('maxLatency (milliseconds)', 1, 900_000, props.maxLatency?.toMilliseconds());

    const whole = loadBalancerMetrics(props);
    const services = mapValues(props.targetGroupFullNames, (name, service) => targetGroupMetrics(props, name, service));
    const specs = [
      ...loadBalancerAlarms(props, whole),
      ...Object.entries(services).flatMap(([service, metrics]) => targetGroupAlarms(props, service, metrics)),
    ];
    const alarms = new Alarms(this, validation, specs, props.alarmOverrides);
    this.alarms = alarms.all;
    this.widgets = [
      heading('Load balancer'),
      graph('Requests a minute', { requests: whole.requests, ...mapValues(services, ({ requests }) => requests) }),
      graph(
        'Requests failed with 5xx, percent',
        { '5xx': whole.errorPercent, ...mapValues(services, ({ errorPercent }) => errorPercent) },
        alarms.of('Errors'),
      ),
      graph('Requests refused with 4xx a minute', { '4xx': whole.refused }),
      graph(
        'Latency, seconds',
        { p95: whole.latency, ...mapValues(services, ({ latency }) => latency) },
        alarms.of('Latency'),
      ),
      graph(
        'Healthy targets',
        mapValues(services, ({ healthy }) => healthy),
      ),
      graph('Rejected connections', { rejected: whole.rejected }, alarms.of('RejectedConnections')),
    ];
  }
}

function loadBalancerMetrics({ loadBalancerFullName }: LoadBalancerMonitoringProps) {
  const dimensions = { LoadBalancer: loadBalancerFullName };
  const sum = (metricName: string) => metric(NAMESPACE, metricName, dimensions, 'Sum');
  const requests = sum('RequestCount');
  return {
    requests,
    // Errors of the load balancer itself count: with no healthy target, it is the one that answers.
    errorPercent: calculation('100 * (FILL($target, 0) + FILL($elb, 0)) / $requests', {
      target: sum('HTTPCode_Target_5XX_Count'),
      elb: sum('HTTPCode_ELB_5XX_Count'),
      requests,
    }),
    refused: calculation('FILL($target, 0) + FILL($elb, 0)', {
      target: sum('HTTPCode_Target_4XX_Count'),
      elb: sum('HTTPCode_ELB_4XX_Count'),
    }),
    rejected: sum('RejectedConnectionCount'),
    latency: metric(NAMESPACE, 'TargetResponseTime', dimensions, 'p95'),
  };
}

function loadBalancerAlarms(
  props: LoadBalancerMonitoringProps,
  metrics: ReturnType<typeof loadBalancerMetrics>,
): AlarmSpec[] {
  const subject = 'load balancer';
  return [
    {
      id: 'Errors',
      kind: 'Errors',
      subject,
      severity: AlarmSeverity.CRITICAL,
      metric: metrics.errorPercent,
      description: 'Too many requests fail with a 5xx, from the load balancer or a service behind it.',
      threshold: { above: props.maxErrorPercent ?? 5 },
      periods: 3,
      silence: 'fine',
    },
    {
      id: 'Latency',
      kind: 'Latency',
      subject,
      severity: AlarmSeverity.WARNING,
      metric: metrics.latency,
      description: 'More than 5 % of the requests are slow.',
      threshold: { above: (props.maxLatency ?? Duration.seconds(1)).toSeconds({ integral: false }) },
      periods: 10,
      silence: 'fine',
    },
    {
      id: 'RejectedConnections',
      kind: 'RejectedConnections',
      subject,
      severity: AlarmSeverity.WARNING,
      metric: metrics.rejected,
      description: 'The load balancer has as many connections as it can have, and rejects others.',
      threshold: { above: 0 },
      periods: 5,
      silence: 'fine',
    },
  ];
}

function targetGroupMetrics(
  { loadBalancerFullName }: LoadBalancerMonitoringProps,
  targetGroupFullName: string,
  service: string,
) {
  const dimensions = { LoadBalancer: loadBalancerFullName, TargetGroup: targetGroupFullName };
  const measure = (metricName: string, statistic: string) => metric(NAMESPACE, metricName, dimensions, statistic);
  const requests = measure('RequestCount', 'Sum');
  // Each zone of the load balancer counts for itself; a target healthy in one of them is reached.
  const healthy = measure('HealthyHostCount', 'Minimum');
  const unhealthy = measure('UnHealthyHostCount', 'Maximum');
  const failed = measure('HTTPCode_Target_5XX_Count', 'Sum');
  return {
    requests,
    healthy,
    errorPercent: calculation('100 * FILL($failed, 0) / $requests', { failed, requests }, service),
    latency: measure('TargetResponseTime', 'p95'),
    // Without any healthy target there is another alarm.
    someUnhealthy: calculation('IF($healthy > 0, $unhealthy, 0)', { healthy, unhealthy }, service),
  };
}

function targetGroupAlarms(
  props: LoadBalancerMonitoringProps,
  service: string,
  metrics: ReturnType<typeof targetGroupMetrics>,
): AlarmSpec[] {
  const id = (kind: string) => ({ id: `${pascalCase(service)}${kind}`, kind, subject: `service ${service}` });
  return [
    {
      ...id('NoHealthyTarget'),
      severity: AlarmSeverity.CRITICAL,
      metric: metrics.healthy,
      description: `No task of ${service} passes the load balancer's health check.`,
      threshold: { below: 1 },
      periods: 5,
      silence: 'alarm',
    },
    {
      ...id('UnhealthyTargets'),
      severity: AlarmSeverity.WARNING,
      metric: metrics.someUnhealthy,
      description: `A task of ${service}, though not all, has not passed the load balancer's health check for 10 minutes.`,
      threshold: { above: 0 },
      periods: 10,
      silence: 'fine',
    },
    {
      ...id('Errors'),
      severity: AlarmSeverity.WARNING,
      metric: metrics.errorPercent,
      description: `Too many requests to ${service} fail with a 5xx.`,
      threshold: { above: props.maxErrorPercent ?? 5 },
      periods: 5,
      silence: 'fine',
    },
  ];
}
