import { PropsValidation } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { IMonitoringPart } from './monitoring-part';
import { byName, createAlarm, graph, metric, pascalCase } from './private/alarms';

const NAMESPACE = 'AWS/ApplicationELB';

/** Properties of a `LoadBalancerMonitoring`. */
export interface LoadBalancerMonitoringProps {
  /** The load balancer's full name, e.g. `app/backend/50dc6c495c0c9188`. */
  readonly loadBalancerFullName: string;

  /** Full name by service, e.g. `{ api: 'targetgroup/api/73e2d6bc24d8a067' }`. */
  readonly targetGroupFullNames: { [service: string]: string };

  /**
   * The share of requests that may fail with a 5xx, in percent.
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

/** Watches a load balancer and its target groups: errors, latency, healthy targets. */
export class LoadBalancerMonitoring extends Construct implements IMonitoringPart {
  public readonly criticalAlarms: cloudwatch.Alarm[];
  public readonly warningAlarms: cloudwatch.Alarm[];
  public readonly widgets: cloudwatch.IWidget[];

  /** @throws when a threshold is out of range. */
  constructor(scope: Construct, id: string, props: LoadBalancerMonitoringProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validation.inRange('maxErrorPercent', 0, 100, props.maxErrorPercent);
    validation.inRange('maxLatency (milliseconds)', 1, 900_000, props.maxLatency?.toMilliseconds());
    validation.throwIfInvalid();

    const loadBalancer = { LoadBalancer: props.loadBalancerFullName };
    const requests = metric(NAMESPACE, 'RequestCount', loadBalancer, 'Sum');
    const errorPercent = this.errorPercent(requests, loadBalancer);
    const latency = metric(NAMESPACE, 'TargetResponseTime', loadBalancer, 'p95');
    const errors = createAlarm(this, 'Errors', {
      metric: errorPercent,
      description: 'Too many requests fail with a 5xx, from the load balancer or a service behind it.',
      above: props.maxErrorPercent ?? 5,
      periods: 3,
      silence: 'fine',
    });
    const slow = createAlarm(this, 'Latency', {
      metric: latency,
      description: 'More than 5 % of the requests are slow.',
      above: (props.maxLatency ?? Duration.seconds(1)).toSeconds({ integral: false }),
      periods: 10,
      silence: 'fine',
    });

    const groups = Object.entries(props.targetGroupFullNames);
    const healthy = groups.map(([, name]) => hostMetric('HealthyHostCount', name, loadBalancer));
    const unhealthy = groups.map(([, name]) => hostMetric('UnHealthyHostCount', name, loadBalancer));
    const none = groups.map(([service], index) =>
      createAlarm(this, `${pascalCase(service)}NoHealthyTarget`, {
        metric: healthy[index]!,
        description: `No task of ${service} passes the load balancer's health check.`,
        below: 1,
        periods: 5,
        silence: 'alarm',
      }),
    );
    const some = groups.map(([service], index) =>
      createAlarm(this, `${pascalCase(service)}UnhealthyTargets`, {
        metric: unhealthy[index]!,
        description: `A task of ${service} has not passed the load balancer's health check for 10 minutes.`,
        above: 0,
        periods: 10,
        silence: 'fine',
      }),
    );
    this.criticalAlarms = [errors, ...none];
    this.warningAlarms = [slow, ...some];
    this.widgets = [
      graph('Requests a minute', { requests }),
      graph('Failed requests, percent', { '5xx': errorPercent }, [errors]),
      graph('Latency, seconds', { p95: latency }, [slow]),
      graph('Healthy targets', byName(props.targetGroupFullNames, healthy)),
    ];
  }

  /** Errors of the load balancer itself count: with no healthy target, it is the one that answers. */
  private errorPercent(
    requests: cloudwatch.IMetric,
    dimensions: { [name: string]: string },
  ): cloudwatch.MathExpression {
    const sum = (metricName: string) => metric(NAMESPACE, metricName, dimensions, 'Sum');
    return new cloudwatch.MathExpression({
      expression: '100 * (FILL(target, 0) + FILL(elb, 0)) / requests',
      usingMetrics: { target: sum('HTTPCode_Target_5XX_Count'), elb: sum('HTTPCode_ELB_5XX_Count'), requests },
      period: Duration.minutes(1),
    });
  }
}

function hostMetric(name: string, targetGroup: string, loadBalancer: { [name: string]: string }) {
  // Each zone of the load balancer counts for itself; a target healthy in one of them is reached.
  const statistic = name === 'HealthyHostCount' ? 'Minimum' : 'Maximum';
  return metric(NAMESPACE, name, { ...loadBalancer, TargetGroup: targetGroup }, statistic);
}
