import { referenced, resources, type Rule } from './rule';

/** CloudWatch must be let use the key of a topic, else alarms get lost in silence. */
export const topicKeysAdmitAlarms: Rule = (stacks) =>
  resources(stacks, 'AWS::SNS::Topic')
    .filter(({ Properties }) => Properties?.KmsMasterKeyId)
    .filter(
      (topic) =>
        !JSON.stringify(referenced(topic, topic.Properties.KmsMasterKeyId)).includes('cloudwatch.amazonaws.com'),
    )
    .map(({ at }) => at);
