import type * as sns from 'aws-cdk-lib/aws-sns';

/** The monitoring of a backend, wherever it was created. */
export interface IMonitoring {
  /** Gets critical alarms. */
  readonly criticalTopic: sns.ITopic;
  /** Gets warnings. */
  readonly warningTopic: sns.ITopic;
  /** ARN of the alarm that stands for all critical ones. */
  readonly criticalAlarmArn: string;
  /** Name of that alarm. */
  readonly criticalAlarmName: string;
  /** Name of the dashboard. */
  readonly dashboardName: string;
  /** ARN of the key that encrypts the topics. */
  readonly encryptionKeyArn: string;
}

/** What is known of the monitoring that another stack owns. */
export interface MonitoringAttributes {
  /** ARN of the topic for critical alarms. */
  readonly criticalTopicArn: string;
  /** ARN of the topic for warnings. */
  readonly warningTopicArn: string;
  /** ARN of the alarm that stands for all critical ones. */
  readonly criticalAlarmArn: string;
  /** Name of that alarm. */
  readonly criticalAlarmName: string;
  /** Name of the dashboard. */
  readonly dashboardName: string;
  /** ARN of the key that encrypts the topics. */
  readonly encryptionKeyArn: string;
}
