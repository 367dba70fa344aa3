import { PropsValidation } from '@v3-backend/core';
import { Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmSeverity } from './alarm-severity';
import type { IMonitoringPart, MonitoredAlarm } from './monitoring-part';
import type { MonitoringPartOptions } from './monitoring-part-options';
import { Alarms, type AlarmSpec } from './private/alarms';
import { calculation, metric } from './private/metrics';
import { graph, heading } from './private/widgets';

/** Properties of a `WebAclMonitoring`. */
export interface WebAclMonitoringProps extends MonitoringPartOptions {
  /** Metric name of the regional web ACL: the `WebACL` dimension of its metrics. */
  readonly webAclMetricName: string;

  /**
   * Metric names of its rate limits: the `Rule` dimension of their metrics.
   *
   * @default - none
   */
  readonly rateLimitMetricNames?: string[];

  /**
   * How many requests a minute may be blocked, by any rule.
   *
   * @default 1000
   */
  readonly maxBlockedRequests?: number;

  /**
   * The share of requests that may be blocked, in percent. A change of a rule that blocks users of good will shows here.
   *
   * @default - shown, but no alarm: where few users are, scanners are a large share
   */
  readonly maxBlockedPercent?: number;

  /**
   * How many requests a minute may be blocked by the rate limits.
   *
   * @default 100
   */
  readonly maxRateLimitedRequests?: number;
}

/** Watches a regional web ACL: blocked requests, their share, and those blocked by rate limits. */
export class WebAclMonitoring extends Construct implements IMonitoringPart {
  public readonly alarms: MonitoredAlarm[];
  public readonly widgets: cloudwatch.IWidget[];

  /** @throws when a prop or an override is out of range; all problems in one error. */
  constructor(scope: Construct, id: string, props: WebAclMonitoringProps) {
    super(scope, id);
    const rateLimits = props.rateLimitMetricNames ?? [];
    const validation = new PropsValidation(this);
    validation.inRange('maxBlockedRequests', 0, Number.MAX_SAFE_INTEGER, props.maxBlockedRequests);
    validation.inRange('maxBlockedPercent', 0, 99, props.maxBlockedPercent);
    validation.inRange('maxRateLimitedRequests', 0, Number.MAX_SAFE_INTEGER, props.maxRateLimitedRequests);
    // An alarm is on ten metrics at most.
    validation.inRange('rateLimitMetricNames: their number', 0, 10, rateLimits.length);
    validation.holds(
      rateLimits.length > 0 || props.maxRateLimitedRequests === undefined,
      'maxRateLimitedRequests needs rateLimitMetricNames, the rules whose requests are counted',
    );

    const metrics = webAclMetrics(props.webAclMetricName, rateLimits, Stack.of(this).region);
    const alarms = new Alarms(this, validation, webAclAlarms(props, metrics), props.alarmOverrides);
    this.alarms = alarms.all;
    this.widgets = [
      heading('Web ACL'),
      graph('Requests a minute', { allowed: metrics.allowed, blocked: metrics.blocked }, alarms.of('Blocked')),
      graph('Blocked requests, percent', { blocked: metrics.blockedPercent }, alarms.of('BlockedPercent')),
      ...(metrics.rateLimited
        ? [graph('Requests above a rate limit', { blocked: metrics.rateLimited }, alarms.of('RateLimited'))]
        : []),
    ];
  }
}

function webAclMetrics(WebACL: string, rateLimits: string[], Region: string) {
  const sum = (metricName: string, Rule: string) => metric('AWS/WAFV2', metricName, { WebACL, Region, Rule }, 'Sum');
  const [allowed, blocked] = [sum('AllowedRequests', 'ALL'), sum('BlockedRequests', 'ALL')];
  const limited = Object.fromEntries(rateLimits.map((rule, index) => [`m${index}`, sum('BlockedRequests', rule)]));
  return {
    allowed,
    blocked,
    blockedPercent: calculation('100 * FILL($blocked, 0) / (FILL($blocked, 0) + FILL($allowed, 0))', {
      allowed,
      blocked,
    }),
    rateLimited:
      rateLimits.length === 0
        ? undefined
        : calculation(
            Object.keys(limited)
              .map((id) => `FILL($${id}, 0)`)
              .join(' + '),
            limited,
          ),
  };
}

function webAclAlarms(props: WebAclMonitoringProps, metrics: ReturnType<typeof webAclMetrics>): AlarmSpec[] {
  const specs: (AlarmSpec | undefined)[] = [
    {
      ...common('Blocked'),
      metric: metrics.blocked,
      description: 'Many requests are blocked: an attack, or a rule that is wrong.',
      threshold: { above: props.maxBlockedRequests ?? 1000 },
    },
    props.maxBlockedPercent === undefined
      ? undefined
      : {
          ...common('BlockedPercent'),
          metric: metrics.blockedPercent,
          description: 'A large share of the requests is blocked: an attack, or a rule that is wrong.',
          threshold: { above: props.maxBlockedPercent },
        },
    metrics.rateLimited && {
      ...common('RateLimited'),
      metric: metrics.rateLimited,
      description: 'Many requests are above a rate limit.',
      threshold: { above: props.maxRateLimitedRequests ?? 100 },
    },
  ];
  return specs.filter((spec) => spec !== undefined);
}

function common(kind: string) {
  return {
    id: kind,
    kind,
    subject: 'web ACL',
    severity: AlarmSeverity.WARNING,
    periods: 5,
    silence: 'fine' as const,
  };
}
