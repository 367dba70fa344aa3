import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

export type AnyMetric = cloudwatch.Metric | cloudwatch.MathExpression;

/** A metric by name alone, so that what it measures may belong to any stack. */
export function metric(
  namespace: string,
  metricName: string,
  dimensionsMap: { [name: string]: string },
  statistic: string,
  period: Duration = Duration.minutes(1),
): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace, metricName, dimensionsMap, statistic, period });
}

/**
 * A calculation with metrics, a value a minute. The expression names them as `$name`.
 *
 * @param of what is calculated for; ids of metrics must be unique within a graph that shows several.
 */
export function calculation(
  expression: string,
  metrics: { [name: string]: cloudwatch.IMetric },
  of?: string,
): cloudwatch.MathExpression {
  const id = (name: string) => (of === undefined ? name : `${name}_${of.replaceAll(/[^A-Za-z0-9]/g, '_')}`);
  return new cloudwatch.MathExpression({
    expression: expression.replace(/\$(\w+)/g, (_match, name: string) => id(name)),
    usingMetrics: Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [id(name), metric])),
    period: Duration.minutes(1),
  });
}
