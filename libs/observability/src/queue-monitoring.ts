import { PropsValidation } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { IMonitoringPart } from './monitoring-part';
import { byName, createAlarm, graph, metric, pascalCase } from './private/alarms';

/** How much older than it should be a message is when nothing can be working any more. */
const STANDSTILL_FACTOR = 4;

/** A queue and where its failures go. */
export interface MonitoredQueue {
  /** The queue. */
  readonly queue: sqs.IQueue;
  /** Its dead-letter queue. */
  readonly deadLetterQueue: sqs.IQueue;
}

/** Properties of a `QueueMonitoring`. */
export interface QueueMonitoringProps {
  /** Queues by the name that alarms and graphs use. */
  readonly queues: { [name: string]: MonitoredQueue };

  /**
   * How long a message may wait. Four times as long is critical.
   *
   * @default Duration.minutes(15)
   */
  readonly maxAge?: Duration;
}

/** Watches queues: age of the oldest message, failed messages. */
export class QueueMonitoring extends Construct implements IMonitoringPart {
  public readonly criticalAlarms: cloudwatch.Alarm[];
  public readonly warningAlarms: cloudwatch.Alarm[];
  public readonly widgets: cloudwatch.IWidget[];

  /** @throws when a threshold is out of range. */
  constructor(scope: Construct, id: string, props: QueueMonitoringProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validation.inRange('maxAge (seconds)', 60, 1209600 / STANDSTILL_FACTOR, props.maxAge?.toSeconds());
    validation.throwIfInvalid();

    const maxAge = (props.maxAge ?? Duration.minutes(15)).toSeconds();
    const queues = Object.entries(props.queues);
    const measure = (metricName: string, which: keyof MonitoredQueue) =>
      queues.map(([, queue]) => metric('AWS/SQS', metricName, { QueueName: queue[which].queueName }, 'Maximum'));
    const age = measure('ApproximateAgeOfOldestMessage', 'queue');
    const waiting = measure('ApproximateNumberOfMessagesVisible', 'queue');
    const failed = measure('ApproximateNumberOfMessagesVisible', 'deadLetterQueue');
    const alarms = (suffix: string, metrics: cloudwatch.Metric[], above: number, says: (name: string) => string) =>
      queues.map(([name], index) =>
        createAlarm(this, `${pascalCase(name)}${suffix}`, {
          metric: metrics[index]!,
          description: says(name),
          above,
          periods: 5,
          // SQS reports nothing of a queue that has been empty and unused for six hours.
          silence: 'fine',
        }),
      );

    const late = alarms('Age', age, maxAge, (name) => `Messages of ${name} wait too long.`);
    const standstill = alarms('Standstill', age, maxAge * STANDSTILL_FACTOR, (name) => `Nothing works on ${name}.`);
    const dead = alarms('Failed', failed, 0, (name) => `Messages of ${name} failed and are in the dead-letter queue.`);
    this.criticalAlarms = standstill;
    this.warningAlarms = [...late, ...dead];
    this.widgets = [
      graph('Waiting messages', byName(props.queues, waiting)),
      graph('Age of the oldest message, seconds', byName(props.queues, age), late),
      graph('Failed messages', byName(props.queues, failed)),
    ];
  }
}
