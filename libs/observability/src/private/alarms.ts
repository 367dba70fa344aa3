import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export interface AlarmInput {
  readonly metric: cloudwatch.IMetric;
  /** What a person reads who is woken by it. */
  readonly description: string;
  /** In alarm above this; exactly one of `above` and `below` is given. */
  readonly above?: number;
  readonly below?: number;
  /** For how many of the metric's periods in a row. */
  readonly periods: number;
  /** What silence means: always stated, since CloudWatch's default leaves an alarm in its last state. */
  readonly silence: 'fine' | 'alarm';
}

export function createAlarm(scope: Construct, id: string, input: AlarmInput): cloudwatch.Alarm {
  const above = input.above !== undefined;
  return new cloudwatch.Alarm(scope, id, {
    metric: input.metric,
    alarmDescription: input.description,
    threshold: above ? input.above! : input.below!,
    comparisonOperator: above
      ? cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD
      : cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: input.periods,
    treatMissingData:
      input.silence === 'fine' ? cloudwatch.TreatMissingData.NOT_BREACHING : cloudwatch.TreatMissingData.BREACHING,
  });
}

/** A metric by name alone, so that what it measures may belong to any stack. */
export function metric(
  namespace: string,
  metricName: string,
  dimensionsMap: { [name: string]: string },
  statistic: string,
): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace, metricName, dimensionsMap, statistic, period: Duration.minutes(1) });
}

/**
 * A graph of metrics by label, with the thresholds of its alarms drawn in. Labels are given here and not with the metric,
 * since an alarm on a labelled metric is rendered as metric math.
 */
export function graph(
  title: string,
  metrics: { [label: string]: cloudwatch.Metric | cloudwatch.MathExpression },
  alarms: cloudwatch.Alarm[] = [],
): cloudwatch.IWidget {
  const left = Object.entries(metrics).map(([label, metric]) => metric.with({ label }));
  const leftAnnotations = [...new Map(alarms.map((alarm) => alarm.toAnnotation()).map((a) => [a.value, a])).values()];
  return new cloudwatch.GraphWidget({ title, left, leftAnnotations, width: 8, height: 6, leftYAxis: { min: 0 } });
}

/** `apiService` to `ApiService`, `my-queue` to `MyQueue`: ids of constructs. */
export function pascalCase(name: string): string {
  return name.replace(/(?:^|-)(.)/g, (_match, letter: string) => letter.toUpperCase());
}

/** Metrics by the names of what they measure, in the same order. */
export function byName(names: { [name: string]: unknown }, metrics: cloudwatch.Metric[]) {
  return Object.fromEntries(Object.keys(names).map((name, index) => [name, metrics[index]!]));
}
