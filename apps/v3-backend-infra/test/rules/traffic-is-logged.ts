import { refersTo, resources, type Rule } from './rule';

export const trafficIsLogged: Rule = (stacks) =>
  resources(stacks, 'AWS::EC2::VPC')
    .filter(({ logicalId }) =>
      resources(stacks, 'AWS::EC2::FlowLog').every(({ Properties }) => !refersTo(Properties.ResourceId, logicalId)),
    )
    .map(({ at }) => at);
