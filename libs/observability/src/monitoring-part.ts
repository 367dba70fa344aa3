import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** What is watched of one part of a backend: who is told and where it is shown is decided elsewhere. */
export interface IMonitoringPart {
  /** Something does not work. */
  readonly criticalAlarms: cloudwatch.Alarm[];
  /** Something will not work, or works badly. */
  readonly warningAlarms: cloudwatch.Alarm[];
  /** A row of a dashboard. */
  readonly widgets: cloudwatch.IWidget[];
}
