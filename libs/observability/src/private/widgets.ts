import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { AnyMetric } from './metrics';

/** Columns of a dashboard. */
export const DASHBOARD_WIDTH = 24;

/**
 * A graph of metrics by label, with the thresholds of its alarms drawn in. Labels are given here and not with the metric,
 * since an alarm on a labelled metric is rendered as metric math.
 */
export function graph(
  title: string,
  metrics: { [label: string]: AnyMetric },
  alarms: cloudwatch.Alarm[] = [],
): cloudwatch.IWidget {
  const left = Object.entries(metrics).map(([label, metric]) => metric.with({ label }));
  const leftAnnotations = [...new Map(alarms.map((alarm) => alarm.toAnnotation()).map((a) => [a.value, a])).values()];
  return new cloudwatch.GraphWidget({ title, left, leftAnnotations, width: 8, height: 6, leftYAxis: { min: 0 } });
}

/** What is above a part's graphs. */
export function heading(text: string): cloudwatch.IWidget {
  return new cloudwatch.TextWidget({ markdown: `## ${text}`, width: DASHBOARD_WIDTH, height: 1 });
}
