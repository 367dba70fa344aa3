import { resources, type Rule } from './rule';

/** A listener forwards by its rules only, so that a service never changes its default action. */
export const unknownPathsAreNotFound: Rule = (stacks) =>
  resources(stacks, 'AWS::ElasticLoadBalancingV2::Listener')
    .filter(({ Properties: { DefaultActions } }) =>
      DefaultActions.some(
        (action: { Type: string; FixedResponseConfig?: { StatusCode: string } }) =>
          action.Type !== 'redirect' && action.FixedResponseConfig?.StatusCode !== '404',
      ),
    )
    .map(({ at }) => at);
