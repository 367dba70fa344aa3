import { resources, type Rule } from './rule';

/** A log group without retention is kept, and paid for, for ever. */
export const logsExpire: Rule = (stacks) =>
  resources(stacks, 'AWS::Logs::LogGroup')
    .filter(({ Properties }) => Properties?.RetentionInDays === undefined)
    .map(({ at }) => at);
