import { PropsValidation } from '@v3-backend/core';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmSeverity } from './alarm-severity';
import type { IMonitoringPart, MonitoredAlarm } from './monitoring-part';
import type { MonitoringPartOptions } from './monitoring-part-options';
import { Alarms, type AlarmSpec } from './private/alarms';
import { metric } from './private/metrics';
import { graph, heading } from './private/widgets';

/** Properties of a `LogForwarderMonitoring`. */
export interface LogForwarderMonitoringProps extends MonitoringPartOptions {
  /** Name of the forwarder's function. */
  readonly functionName: string;

  /** Name of the forwarder's dead-letter queue. */
  readonly deadLetterQueueName: string;
}

/** Watches a log forwarder: whether logs get lost or are late. */
export class LogForwarderMonitoring extends Construct implements IMonitoringPart {
  public readonly alarms: MonitoredAlarm[];
  public readonly widgets: cloudwatch.IWidget[];

  /** @throws when an override is out of range; all problems in one error. */
  constructor(scope: Construct, id: string, props: LogForwarderMonitoringProps) {
    super(scope, id);
    const measure = (metricName: string, statistic = 'Sum') =>
      metric('AWS/Lambda', metricName, { FunctionName: props.functionName }, statistic);
    const [errors, throttles] = [measure('Errors'), measure('Throttles')];
    const queue = { QueueName: props.deadLetterQueueName };
    const lost = metric('AWS/SQS', 'ApproximateNumberOfMessagesVisible', queue, 'Maximum');
    const specs: AlarmSpec[] = [
      {
        ...common('Lost'),
        metric: lost,
        description: 'Logs could not be forwarded and are in the dead-letter queue.',
      },
      {
        ...common('Errors'),
        metric: errors,
        description: 'The log forwarder has failed for 15 minutes; logs are late, and will be lost.',
        periods: 15,
      },
      {
        ...common('Throttles'),
        metric: throttles,
        description: 'The log forwarder has been throttled for 15 minutes: the account has too little concurrency.',
        periods: 15,
      },
    ];
    const alarms = new Alarms(this, new PropsValidation(this), specs, props.alarmOverrides);
    this.alarms = alarms.all;
    this.widgets = [
      heading('Log forwarder'),
      graph('Invocations a minute', { all: measure('Invocations'), failed: errors, throttled: throttles }),
      graph('Events not forwarded', { waiting: lost }),
      graph('Duration, milliseconds', { longest: measure('Duration', 'Maximum') }),
    ];
  }
}

function common(kind: string) {
  return {
    id: kind,
    kind,
    subject: 'log forwarder',
    severity: AlarmSeverity.WARNING,
    threshold: { above: 0 },
    periods: 5,
    silence: 'fine' as const,
  };
}
