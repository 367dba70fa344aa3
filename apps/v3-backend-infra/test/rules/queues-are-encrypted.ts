import { resources, type Rule } from './rule';

export const queuesAreEncrypted: Rule = (stacks) =>
  resources(stacks, 'AWS::SQS::Queue')
    .filter(({ Properties }) => !Properties.KmsMasterKeyId && !Properties.SqsManagedSseEnabled)
    .map(({ at }) => at);
