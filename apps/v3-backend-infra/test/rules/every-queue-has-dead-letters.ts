import { refersTo, resources, type Rule } from './rule';

/** What cannot be worked on must not come back for ever: a queue has a dead-letter queue, or is one. */
export const everyQueueHasDeadLetters: Rule = (stacks) =>
  resources(stacks, 'AWS::SQS::Queue')
    .filter(({ Properties }) => !Properties.RedrivePolicy)
    .filter(
      ({ stack, logicalId }) =>
        !Object.values(stack.template.Resources).some(({ Type, Properties }) =>
          Type === 'AWS::SQS::Queue'
            ? refersTo(Properties.RedrivePolicy, logicalId)
            : Type === 'AWS::Lambda::EventInvokeConfig' && refersTo(Properties.DestinationConfig, logicalId),
        ),
    )
    .map(({ at }) => at);
