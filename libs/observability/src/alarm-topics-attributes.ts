import type * as sns from 'aws-cdk-lib/aws-sns';

/** Where alarms go, wherever the topics were created. */
export interface IAlarmTopics {
  /** Something does not work: a person is to look now. */
  readonly criticalTopic: sns.ITopic;
  /** Something will not work, or works badly: a person is to look today. */
  readonly warningTopic: sns.ITopic;
  /** ARN of the key that encrypts both. */
  readonly encryptionKeyArn: string;
}

/** What is known of topics that another stack owns. */
export interface AlarmTopicsAttributes {
  /** ARN of the topic for critical alarms. */
  readonly criticalTopicArn: string;
  /** ARN of the topic for warnings. */
  readonly warningTopicArn: string;
  /** ARN of the key that encrypts both. Its policy must allow CloudWatch and EventBridge to use it. */
  readonly encryptionKeyArn: string;
}
