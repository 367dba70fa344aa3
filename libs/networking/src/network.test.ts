import { SsmContract } from '@v3-backend/core';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { NatStrategy, Network, type NetworkProps } from './index';

const contract = new SsmContract({ environment: 'test', stack: 'networking' });

function templateOf(props?: NetworkProps, context?: Record<string, unknown>): Template {
  const stack = new Stack(new App({ context }), 'Stack');
  new Network(stack, 'Network', props).publish(contract);
  return Template.fromStack(stack);
}

function cidrs(zones: string[]): Record<string, string> {
  const subnets = Object.values(templateOf({ availabilityZones: zones }).findResources('AWS::EC2::Subnet'));
  return Object.fromEntries(
    subnets.map(({ Properties: p }) => [`${p.Tags[0].Value} ${p.AvailabilityZone}`, p.CidrBlock]),
  );
}

describe('a network', () => {
  test.each([
    ['without feature flags', {}],
    ['with all recommended feature flags', flags],
  ])(
    'has by default 3 tiers in 2 zones, one NAT gateway and a closed default security group, %s',
    (_title, context) => {
      const template = templateOf(undefined, context);
      template.resourceCountIs('AWS::EC2::Subnet', 6);
      template.resourceCountIs('AWS::EC2::NatGateway', 1);
      template.resourceCountIs('Custom::VpcRestrictDefaultSG', 1);
      template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Retain' });
    },
  );

  test('records all traffic in a log group whose retention is configured, and which is deleted if not protected', () => {
    const template = templateOf({ flowLogRetention: 14, protect: false });
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 14 }, DeletionPolicy: 'Delete' });
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', ResourceType: 'VPC' });
  });

  test.each([true, false])('leaves no log of closing the default security group behind, with protect %p', (protect) => {
    const template = templateOf({ protect });
    template.allResourcesProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('VpcRestrictDefaultSG.*LogGroup') } },
    });
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Delete' });
    template.resourceCountIs('AWS::Logs::LogGroup', 2);
  });

  test('reaches S3 and DynamoDB from every subnet without NAT', () => {
    const endpoints = Object.values(templateOf().findResources('AWS::EC2::VPCEndpoint'));
    expect(endpoints.map(({ Properties: p }) => [p.VpcEndpointType, p.RouteTableIds.length])).toEqual([
      ['Gateway', 6],
      ['Gateway', 6],
    ]);
  });

  test.each([
    ['none', NatStrategy.none(), 0],
    ['single', NatStrategy.single(), 1],
    ['perZone', NatStrategy.perZone(), 3],
  ])('with NAT strategy %s has %p NAT gateways, and the same subnets', (_name, natStrategy, gateways) => {
    const availabilityZones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
    const template = templateOf({ natStrategy, availabilityZones });
    template.resourceCountIs('AWS::EC2::NatGateway', gateways);
    expect(template.findResources('AWS::EC2::Subnet')).toEqual(
      templateOf({ availabilityZones }).findResources('AWS::EC2::Subnet'),
    );
    template.resourcePropertiesCountIs('AWS::EC2::Route', { NatGatewayId: Match.anyValue() }, gateways === 0 ? 0 : 3);
  });

  test('never looks anything up, even where account and region are known', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });
    new Network(stack, 'Pinned', { availabilityZones: ['eu-west-1b', 'eu-west-1c'] });
    new Network(stack, 'Default', { cidr: '10.1.0.0/16' });
    expect(app.synth().manifest.missing).toBeUndefined();
    expect(Object.hasOwn(stack, 'availabilityZones')).toBe(false);
  });

  test('leaves a stack alone that says itself which zones there are', () => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });
    Object.defineProperty(stack, 'availabilityZones', { value: ['eu-west-1a', 'eu-west-1b'] });
    new Network(stack, 'Network', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
    expect(stack.availabilityZones).toEqual(['eu-west-1a', 'eu-west-1b']);
  });

  test('keeps every subnet where it is when a third zone is added', () => {
    expect(cidrs(['eu-west-1a', 'eu-west-1b', 'eu-west-1c'])).toMatchObject(cidrs(['eu-west-1a', 'eu-west-1b']));
  });

  test('has and publishes no other zones than its subnets are in', () => {
    const availabilityZones = ['eu-west-1a', 'eu-west-1b'];
    const network = new Network(new Stack(), 'Network', { availabilityZones });
    expect(network.vpc.availabilityZones).toEqual(availabilityZones);
    templateOf({ availabilityZones }).hasResourceProperties('AWS::SSM::Parameter', {
      Name: contract.parameterName('availabilityZones'),
      Value: 'eu-west-1a,eu-west-1b',
    });
  });

  test('publishes a fixed set of keys', () => {
    const names = Object.values(templateOf().findResources('AWS::SSM::Parameter')).map((p) => p.Properties.Name);
    expect(names.sort()).toEqual(
      [
        'vpcId',
        'vpcCidrBlock',
        'availabilityZones',
        'publicSubnetIds',
        'privateSubnetIds',
        'isolatedSubnetIds',
        'publicRouteTableIds',
        'privateRouteTableIds',
        'isolatedRouteTableIds',
        'flowLogGroupName',
      ]
        .map((key) => contract.parameterName(key))
        .sort(),
    );
  });

  test.each<[string, NetworkProps, RegExp]>([
    ['a block that is none', { cidr: '10.0.0.0' }, /cidr must be an IPv4 block of \/16 to \/28.*got "10\.0\.0\.0"/],
    [
      'a block too small for a load balancer',
      { cidr: '10.0.0.0/24' },
      /room for 9 subnets of \/27.*use a larger block/,
    ],
    ['a single zone', { availabilityZones: ['eu-west-1a'] }, /number of availabilityZones .* from 2 to 6, got 1/],
    [
      'a region for a zone',
      { availabilityZones: ['eu-west-1a', 'eu-west-1'] },
      /must be names of zones .*got "eu-west-1"/,
    ],
    ['a zone named twice', { availabilityZones: ['eu-west-1a', 'eu-west-1a'] }, /must not name a zone twice/],
    [
      'a retention that CloudWatch does not offer',
      { flowLogRetention: 42 as logs.RetentionDays },
      /retention must be one of 1, 3, .*got 42/,
    ],
  ])('refuses %s', (_title, props, message) => expect(() => templateOf(props)).toThrow(message));

  test('refuses zones of another region, if the region is known', () => {
    const availabilityZones = ['eu-west-1a', 'eu-central-1a', 'us-east-1a'];
    const inRegion = (region?: string) => {
      const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region } });
      return new Network(stack, 'Network', { availabilityZones });
    };
    expect(() => inRegion('eu-west-1')).toThrow(
      /availabilityZones must be in the stack's region eu-west-1, got eu-central-1a, us-east-1a/,
    );
    expect(() => inRegion()).not.toThrow();
  });
});

describe('an imported network', () => {
  const availabilityZones = ['eu-west-1a', 'eu-west-1b'];

  test('from SSM has all tiers, and the stack has parameters for what it uses and nothing else', () => {
    const stack = new Stack(new App(), 'Stack');
    const { vpc } = Network.fromSsm(stack, 'Network', contract, { availabilityZones });
    expect([vpc.publicSubnets, vpc.privateSubnets, vpc.isolatedSubnets].map((tier) => tier.length)).toEqual([2, 2, 2]);
    new ec2.CfnSecurityGroup(stack, 'Group', { groupDescription: vpc.privateSubnets[1]!.subnetId, vpcId: vpc.vpcId });

    const parameters = Object.values(
      Template.fromStack(stack).toJSON().Parameters as Record<string, { Default: string }>,
    );
    expect(parameters.map((parameter) => parameter.Default)).toEqual(
      expect.arrayContaining([contract.parameterName('vpcId'), contract.parameterName('privateSubnetIds')]),
    );
    expect(parameters.filter(({ Default }) => Default.startsWith(contract.path))).toHaveLength(2);
  });

  test('from attributes accepts endpoints and has the given tiers only', () => {
    const stack = new Stack(new App(), 'Stack');
    const { vpc } = Network.fromNetworkAttributes(stack, 'Network', {
      vpcId: 'vpc-1',
      availabilityZones,
      privateSubnetIds: ['subnet-1', 'subnet-2'],
      privateRouteTableIds: ['rtb-1', 'rtb-2'],
    });
    vpc.addGatewayEndpoint('Endpoint', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    expect(vpc.publicSubnets).toEqual([]);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', { RouteTableIds: ['rtb-1', 'rtb-2'] });
  });
});
