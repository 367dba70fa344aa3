import { PropsValidation } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { IMonitoringPart, MonitoredAlarm } from './monitoring-part';
import type { MonitoringPartOptions } from './monitoring-part-options';
import { Alarms } from './private/alarms';
import { mapValues, validateNames } from './private/named';
import { MAX_RETENTION_SECONDS, queueAlarms, queueMetrics, STANDSTILL_FACTOR } from './private/queue-alarms';
import { graph, heading } from './private/widgets';

/** A queue and where its failures go. */
export interface MonitoredQueue {
  /** The queue. */
  readonly queue: sqs.IQueue;
  /** Its dead-letter queue. */
  readonly deadLetterQueue: sqs.IQueue;
}

/** Properties of a `QueueMonitoring`. */
export interface QueueMonitoringProps extends MonitoringPartOptions {
  /** Queues by the name that alarms and graphs use. */
  readonly queues: { [name: string]: MonitoredQueue };

  /**
   * How long a message may wait. Four times as long is critical.
   *
   * @default Duration.minutes(15)
   */
  readonly maxAge?: Duration;

  /**
   * How many messages may wait in a queue, for 5 minutes.
   *
   * @default - shown, but no alarm: what is many depends on the queue
   */
  readonly maxDepth?: number;

  /**
   * How long it may take, for 15 minutes, until the waiting messages are done, at the rate at which messages are being
   * done and if no others came. Where none is, it takes forever.
   *
   * @default - shown, but no alarm: a queue with few, long jobs often has none done in a minute
   */
  readonly maxTimeToDrain?: Duration;
}

/** Watches queues: age of the oldest message, depth, time to drain, failed messages. */
export class QueueMonitoring extends Construct implements IMonitoringPart {
  public readonly alarms: MonitoredAlarm[];
  public readonly widgets: cloudwatch.IWidget[];

  /** @throws when a prop or an override is out of range; all problems in one error. */
  constructor(scope: Construct, id: string, props: QueueMonitoringProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validateNames(validation, 'queues', props.queues);
    validation.inRange('maxAge (seconds)', 60, MAX_RETENTION_SECONDS / STANDSTILL_FACTOR, props.maxAge?.toSeconds());
    validation.inRange('maxDepth', 0, Number.MAX_SAFE_INTEGER, props.maxDepth);
    validation.inRange('maxTimeToDrain (seconds)', 60, MAX_RETENTION_SECONDS - 1, props.maxTimeToDrain?.toSeconds());

    const thresholds = {
      maxAgeSeconds: (props.maxAge ?? Duration.minutes(15)).toSeconds(),
      maxDepth: props.maxDepth,
      maxDrainSeconds: props.maxTimeToDrain?.toSeconds(),
    };
    const queues = mapValues(props.queues, ({ queue, deadLetterQueue }, name) =>
      queueMetrics(name, queue.queueName, deadLetterQueue.queueName),
    );
    const specs = Object.entries(queues).flatMap(([name, metrics]) => queueAlarms(name, metrics, thresholds));
    const alarms = new Alarms(this, validation, specs, props.alarmOverrides);
    this.alarms = alarms.all;
    this.widgets = [
      heading('Queues'),
      graph(
        'Waiting messages',
        mapValues(queues, ({ waiting }) => waiting),
        alarms.of('Depth'),
      ),
      graph(
        'Age of the oldest message, seconds',
        mapValues(queues, ({ age }) => age),
        alarms.of('Age', 'Standstill'),
      ),
      graph(
        'Time until the waiting messages are done, seconds',
        mapValues(queues, ({ timeToDrain }) => timeToDrain),
        alarms.of('TimeToDrain'),
      ),
      graph(
        'Failed messages',
        mapValues(queues, ({ failed }) => failed),
      ),
    ];
  }
}
