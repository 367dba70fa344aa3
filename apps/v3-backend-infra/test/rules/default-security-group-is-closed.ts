import { refersTo, resources, type Rule } from './rule';

/** Whatever is made without a group would be in the default one, which lets its members reach each other. */
export const defaultSecurityGroupIsClosed: Rule = (stacks) =>
  resources(stacks, 'AWS::EC2::VPC')
    .filter(({ logicalId }) =>
      resources(stacks, 'Custom::VpcRestrictDefaultSG').every(
        ({ Properties }) => !refersTo(Properties.DefaultSecurityGroupId, logicalId),
      ),
    )
    .map(({ at }) => at);
