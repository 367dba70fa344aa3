import { identityStatements, type Rule } from './rule';

/** A wildcard in the action never goes with one for all resources. */
export const noStatementHasTwoWildcards: Rule = (stacks) =>
  identityStatements(stacks)
    .filter(({ statement: { Effect, Action, Resource } }) => {
      const anyAction = [Action ?? []].flat().some((action) => action.includes('*'));
      return Effect === 'Allow' && anyAction && [Resource].flat().includes('*');
    })
    .map(({ at }) => at);
