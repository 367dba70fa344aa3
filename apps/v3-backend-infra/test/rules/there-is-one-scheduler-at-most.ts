import { resources, type Rule } from './rule';

/** Two schedulers would start every job twice. */
export const thereIsOneSchedulerAtMost: Rule = (stacks) =>
  resources(stacks, 'AWS::ECS::Service')
    .filter(({ logicalId }) => logicalId.includes('Scheduler'))
    .filter(
      ({ Properties }) => Properties.DesiredCount !== 1 || Properties.DeploymentConfiguration.MaximumPercent !== 100,
    )
    .map(({ at }) => at);
