import { referenced, resources, type Rule } from './rule';

/** A message takes its age along into the dead-letter queue, where it would expire at once. */
export const deadLettersAreKeptLonger: Rule = (stacks) =>
  resources(stacks, 'AWS::SQS::Queue')
    .filter(({ Properties }) => Properties.RedrivePolicy)
    .filter((queue) => {
      const { MessageRetentionPeriod: kept = 345_600, RedrivePolicy } = queue.Properties;
      const deadLetters = referenced(queue, RedrivePolicy.deadLetterTargetArn);
      return !((deadLetters?.Properties.MessageRetentionPeriod ?? 0) > kept);
    })
    .map(({ at }) => at);
