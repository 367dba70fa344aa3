import { resources, type Rule } from './rule';

/** Between 100 % and 100 % nothing can move, and zones are not rebalanced without room for a task. */
export const deploymentsCanProceed: Rule = (stacks) =>
  resources(stacks, 'AWS::ECS::Service')
    .filter(({ Properties: { DeploymentConfiguration: bounds, AvailabilityZoneRebalancing: rebalancing } }) => {
      const full = bounds.MaximumPercent <= 100;
      return full && (bounds.MinimumHealthyPercent >= 100 || rebalancing !== 'DISABLED');
    })
    .map(({ at }) => at);
