import { denyPlaintext, resources, type Rule } from './rule';

/** Nothing is sent or received but over TLS. */
export const queuesRefusePlaintext: Rule = (stacks) =>
  resources(stacks, 'AWS::SQS::Queue')
    .filter((queue) => !denyPlaintext(stacks, 'AWS::SQS::QueuePolicy', queue))
    .map(({ at }) => at);
