import { refersTo, resources, type Rule } from './rule';

/** A count in the template would undo the scaling with every deployment (aws-cdk issue 3919). */
export const scaledServicesHaveNoCount: Rule = (stacks) =>
  resources(stacks, 'AWS::ECS::Service')
    .filter(({ Properties }) => Properties.DesiredCount !== undefined)
    .filter(({ logicalId }) =>
      resources(stacks, 'AWS::ApplicationAutoScaling::ScalableTarget').some(({ Properties }) =>
        refersTo(Properties.ResourceId, logicalId),
      ),
    )
    .map(({ at }) => at);
