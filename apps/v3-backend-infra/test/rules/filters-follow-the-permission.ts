import { resources, type Rule } from './rule';

/** CloudWatch Logs checks that it may invoke the function when a filter is made (aws-cdk issue 23177). */
export const filtersFollowThePermission: Rule = (stacks) =>
  resources(stacks, 'AWS::Logs::SubscriptionFilter')
    .filter(({ stack, DependsOn }) =>
      [DependsOn ?? []].flat().every((id) => stack.template.Resources[id]?.Type !== 'AWS::Lambda::Permission'),
    )
    .map(({ at }) => at);
