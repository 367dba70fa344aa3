import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  AllowedDirection,
  BlockedDirection,
  Network,
  VpcBlockPublicAccess,
  VpcBlockPublicAccessExclusion,
  type VpcBlockPublicAccessExclusionProps,
} from './index';

const options = 'AWS::EC2::VPCBlockPublicAccessOptions';
const exclusion = 'AWS::EC2::VPCBlockPublicAccessExclusion';

function setUp() {
  const stack = new Stack(new App(), 'Stack');
  const { vpc } = Network.fromNetworkAttributes(stack, 'Network', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    publicSubnetIds: ['subnet-1', 'subnet-2'],
    publicRouteTableIds: ['rtb-1', 'rtb-2'],
  });
  const exclude = (props: VpcBlockPublicAccessExclusionProps) => {
    new VpcBlockPublicAccessExclusion(stack, 'Exclusion', props);
    return Object.values(Template.fromStack(stack).findResources(exclusion)).map(({ Properties }) => Properties);
  };
  return { stack, vpc, exclude };
}

describe('the block of public access', () => {
  test.each([
    [undefined, 'block-ingress'],
    [{ direction: BlockedDirection.BIDIRECTIONAL }, 'block-bidirectional'],
  ])('with %j is %s', (props, mode) => {
    const { stack } = setUp();
    new VpcBlockPublicAccess(stack, 'Block', props);
    Template.fromStack(stack).hasResourceProperties(options, { InternetGatewayBlockMode: mode });
  });

  test('excludes a VPC', () => {
    const { vpc, exclude } = setUp();
    expect(exclude({ vpc })).toEqual([{ InternetGatewayExclusionMode: 'allow-bidirectional', VpcId: 'vpc-1' }]);
  });

  test('excludes subnets, for the way out alone if told so', () => {
    const { vpc, exclude } = setUp();
    const mode = { InternetGatewayExclusionMode: 'allow-egress' };
    expect(exclude({ subnets: vpc.publicSubnets, direction: AllowedDirection.EGRESS })).toEqual([
      { ...mode, SubnetId: 'subnet-1' },
      { ...mode, SubnetId: 'subnet-2' },
    ]);
  });

  test('excludes either a VPC or subnets, not both and not nothing', () => {
    const { vpc, exclude } = setUp();
    expect(() => exclude({})).toThrow(/either vpc or 1 or more subnets must be given, got neither/);
    const both = setUp();
    expect(() => both.exclude({ vpc, subnets: vpc.publicSubnets })).toThrow(/got both/);
  });
});
