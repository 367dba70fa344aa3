import { identityStatements, type Rule } from './rule';

/** Who may pass a role to any service may use the role for anything. */
export const rolesArePassedToNamedServices: Rule = (stacks) =>
  identityStatements(stacks)
    .filter(({ statement: { Action } }) => [Action ?? []].flat().includes('iam:PassRole'))
    .filter(({ statement: { Condition } }) => !Condition?.['StringEquals']?.['iam:PassedToService'])
    .map(({ at }) => at);
