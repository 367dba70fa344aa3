import { SsmContract } from '@v3-backend/core';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { NatStrategy, Network, type NetworkProps } from './index';

const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c', 'eu-west-1d'];
const ipam = { poolId: 'ipam-pool-1', netmaskLength: 20 };

function templateOf(props: NetworkProps, context?: Record<string, unknown>): Template {
  const stack = new Stack(new App({ context }), 'Stack');
  new Network(stack, 'Network', props).publish(new SsmContract({ environment: 'test', stack: 'networking' }));
  return Template.fromStack(stack);
}

/** A property of each subnet, by the subnet's logical id. */
function subnets(props: NetworkProps, property = 'CidrBlock'): Record<string, unknown> {
  const found = Object.entries(templateOf(props).findResources('AWS::EC2::Subnet'));
  return Object.fromEntries(found.map(([id, { Properties }]) => [id, Properties[property]]));
}

describe('the addresses of a network', () => {
  test.each([
    ['planned', { plannedZones: 4 }],
    ['planned, in a block of a pool', { plannedZones: 4, ipam }],
    ['planned, with IPv6', { plannedZones: 4, dualStack: true }],
  ])('stay the same when a zone is appended that was %s', (_title, props) => {
    const before = subnets({ ...props, availabilityZones: zones.slice(0, 2) });
    expect(subnets({ ...props, availabilityZones: zones })).toMatchObject(before);
  });

  test('of IPv6 stay the same, too, when a planned zone is appended', () => {
    const before = subnets({ dualStack: true, availabilityZones: zones.slice(0, 2) }, 'Ipv6CidrBlock');
    const after = subnets({ dualStack: true, availabilityZones: zones.slice(0, 3) }, 'Ipv6CidrBlock');
    // Of 3 zones in each tier, the first two.
    expect(Object.values(before).map((block) => (block as { 'Fn::Select': [number] })['Fn::Select'][0])).toEqual([
      0, 1, 3, 4, 6, 7,
    ]);
    expect(after).toMatchObject(before);
  });

  test('come from a pool, in subnets of equal size that fill the block', () => {
    const template = templateOf({ ipam });
    template.hasResourceProperties('AWS::EC2::VPC', {
      Ipv4IpamPoolId: 'ipam-pool-1',
      Ipv4NetmaskLength: 20,
      CidrBlock: Match.absent(),
    });
    // 9 subnets of /24, of 256 addresses each, in the 16 that a /20 has.
    template.allResourcesProperties('AWS::EC2::Subnet', {
      CidrBlock: { 'Fn::Select': [Match.anyValue(), { 'Fn::Cidr': [Match.anyValue(), Match.anyValue(), '8'] }] },
    });
  });

  test.each([
    ['without feature flags', undefined],
    ['with all recommended feature flags', flags],
  ])('are of both protocols in a dual-stack network, with a way out by IPv6 and none in, %s', (_title, context) => {
    const template = templateOf({ dualStack: true, natStrategy: NatStrategy.none() }, context);
    template.hasResourceProperties('AWS::EC2::VPCCidrBlock', { AmazonProvidedIpv6CidrBlock: true });
    template.allResourcesProperties('AWS::EC2::Subnet', {
      Ipv6CidrBlock: Match.anyValue(),
      AssignIpv6AddressOnCreation: true,
      MapPublicIpOnLaunch: false,
    });
    const toEveryone = { DestinationIpv6CidrBlock: '::/0' };
    const routes = (way: string) => ({ ...toEveryone, [way]: Match.anyValue() });
    template.resourcePropertiesCountIs('AWS::EC2::Route', routes('GatewayId'), 2);
    template.resourcePropertiesCountIs('AWS::EC2::Route', routes('EgressOnlyInternetGatewayId'), 2);
    template.resourcePropertiesCountIs('AWS::EC2::Route', toEveryone, 4);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
  });

  test('are of IPv4 only unless told otherwise', () => {
    const template = templateOf({});
    template.resourceCountIs('AWS::EC2::VPCCidrBlock', 0);
    template.resourceCountIs('AWS::EC2::EgressOnlyInternetGateway', 0);
  });

  test.each<[string, NetworkProps, RegExp]>([
    [
      'given in two ways',
      { cidr: '10.0.0.0/16', ipam },
      /only one of cidr and ipam .*10\.0\.0\.0\/16 and pool ipam-pool-1/,
    ],
    ['of no pool', { ipam: { ...ipam, poolId: 'main' } }, /ipam\.poolId must be the id of a pool.*got "main"/],
    ['too few in a pool', { ipam: { ...ipam, netmaskLength: 24 } }, /ipam must have room for 9 subnets .*got \/24/],
    ['of no netmask', { ipam: { ...ipam, netmaskLength: 8 } }, /ipam\.netmaskLength must be .* from 16 to 28, got 8/],
    ['for fewer zones than there are', { plannedZones: 1 }, /plannedZones must be a whole number from 2 to 6, got 1/],
    ['for more zones than a region has', { plannedZones: 7 }, /plannedZones must be a whole number from 2 to 6, got 7/],
  ])('are refused when they are %s', (_title, props, message) => {
    expect(() => templateOf(props)).toThrow(message);
  });
});
