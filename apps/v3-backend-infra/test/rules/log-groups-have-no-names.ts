import { resources, type Rule } from './rule';

/** A fixed name is in the way of the next stack where the log group outlives this one. */
export const logGroupsHaveNoNames: Rule = (stacks) =>
  resources(stacks, 'AWS::Logs::LogGroup')
    .filter(({ Properties }) => typeof Properties?.LogGroupName === 'string')
    .map(({ at }) => at);
