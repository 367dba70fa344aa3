import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmSeverity } from './alarm-severity';

/** An alarm, and what decides who is told of it. */
export interface MonitoredAlarm {
  /** The alarm. It has no actions of its own. */
  readonly alarm: cloudwatch.Alarm;

  /** How soon a person is needed. */
  readonly severity: AlarmSeverity;

  /** What it is about, e.g. `service api`. Critical alarms about the same subject are one message. */
  readonly subject: string;
}

/** What is watched of one part of a backend: who is told and where it is shown is decided elsewhere. */
export interface IMonitoringPart {
  /** Its alarms, of all severities. */
  readonly alarms: MonitoredAlarm[];
  /** A section of a dashboard. */
  readonly widgets: cloudwatch.IWidget[];
}
