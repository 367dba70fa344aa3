import { resources, type Rule } from './rule';

export const tasksHaveNoPublicAddress: Rule = (stacks) =>
  resources(stacks, 'AWS::ECS::Service')
    .filter(
      ({ Properties: { NetworkConfiguration: network } }) => network.AwsvpcConfiguration.AssignPublicIp !== 'DISABLED',
    )
    .map(({ at }) => at);
