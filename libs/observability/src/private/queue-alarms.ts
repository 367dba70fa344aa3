import { AlarmSeverity } from '../alarm-severity';
import type { AlarmSpec } from './alarms';
import { calculation, metric } from './metrics';
import { pascalCase } from './named';

/** The longest that SQS keeps a message. */
export const MAX_RETENTION_SECONDS = 1_209_600;
/** How much older than it should be a message is when nothing can be working any more. */
export const STANDSTILL_FACTOR = 4;

export interface QueueThresholds {
  readonly maxAgeSeconds: number;
  readonly maxDepth?: number;
  readonly maxDrainSeconds?: number;
}

export function queueMetrics(name: string, queueName: string, deadLetterQueueName: string) {
  const measure = (metricName: string, QueueName: string, statistic: string) =>
    metric('AWS/SQS', metricName, { QueueName }, statistic);
  const waiting = measure('ApproximateNumberOfMessagesVisible', queueName, 'Maximum');
  return {
    age: measure('ApproximateAgeOfOldestMessage', queueName, 'Maximum'),
    waiting,
    failed: measure('ApproximateNumberOfMessagesVisible', deadLetterQueueName, 'Maximum'),
    timeToDrain: calculation(
      `IF($waiting == 0, 0, IF($done > 0, 60 * $waiting / $done, ${MAX_RETENTION_SECONDS}))`,
      { waiting, done: measure('NumberOfMessagesDeleted', queueName, 'Sum') },
      name,
    ),
  };
}

export function queueAlarms(
  name: string,
  metrics: ReturnType<typeof queueMetrics>,
  { maxAgeSeconds, maxDepth, maxDrainSeconds }: QueueThresholds,
): AlarmSpec[] {
  const common = (kind: string) => ({
    id: `${pascalCase(name)}${kind}`,
    kind,
    subject: `queue ${name}`,
    severity: AlarmSeverity.WARNING,
    periods: 5,
    // SQS reports nothing of a queue that has been empty and unused for six hours.
    silence: 'fine' as const,
  });
  const specs: (AlarmSpec | undefined)[] = [
    {
      ...common('Age'),
      metric: metrics.age,
      description: `Messages of ${name} wait too long.`,
      threshold: { above: maxAgeSeconds },
    },
    {
      ...common('Standstill'),
      severity: AlarmSeverity.CRITICAL,
      metric: metrics.age,
      description: `Nothing works on ${name}.`,
      threshold: { above: maxAgeSeconds * STANDSTILL_FACTOR },
    },
    {
      ...common('Failed'),
      metric: metrics.failed,
      description: `Messages of ${name} failed and are in the dead-letter queue.`,
      threshold: { above: 0 },
    },
    maxDepth === undefined
      ? undefined
      : {
          ...common('Depth'),
          metric: metrics.waiting,
          description: `Too many messages of ${name} wait.`,
          threshold: { above: maxDepth },
        },
    maxDrainSeconds === undefined
      ? undefined
      : {
          ...common('TimeToDrain'),
          metric: metrics.timeToDrain,
          description: `At the present rate, it takes too long until the waiting messages of ${name} are done.`,
          threshold: { above: maxDrainSeconds },
          periods: 15,
        },
  ];
  return specs.filter((spec) => spec !== undefined);
}
