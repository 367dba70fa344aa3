import { SsmContract } from '@v3-backend/core';
import { App, type Environment, Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { type BackendLoadBalancerProps, DnsZone, type PublicLoadBalancerProps } from '../src/index';

export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
export const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
export const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

type Context = Record<string, unknown>;

/** Title, feature flags and environment of the apps that the constructs are used in. */
export const APPS: [string, Context, Environment | undefined][] = [
  ['without feature flags and environment', {}, undefined],
  ['with the recommended feature flags, without environment', recommendedFlags, undefined],
  ['without feature flags, with an environment', {}, { account: '123456789012', region: 'eu-west-1' }],
  [
    'with the recommended feature flags and an environment',
    recommendedFlags,
    { account: '123456789012', region: 'eu-west-1' },
  ],
];

export function newStack(context: Context = {}, env?: Environment): Stack {
  return new Stack(new App({ context }), 'Alb', { env });
}

export function importedVpc(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    publicSubnetIds: ['subnet-1', 'subnet-2'],
    publicSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
  });
}

/** The fewest props of a backend's load balancer. */
export function required(stack: Stack): BackendLoadBalancerProps {
  return {
    vpc: importedVpc(stack),
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'GivenGroup', 'sg-1'),
    internalCidrs: ['10.0.0.0/16', '192.0.2.0/24'],
  };
}

/** What makes a load balancer serve HTTPS under a name, the zone being known at deployment only. */
export function withSsl(stack: Stack): Pick<PublicLoadBalancerProps, 'certificate' | 'hostedZone' | 'domainName'> {
  const { hostedZone } = DnsZone.fromSsm(stack, 'Zone', new SsmContract({ environment: 'staging', stack: 'zone' }));
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:1:certificate/a');
  return { certificate, hostedZone, domainName: 'api.example.com' };
}

/** The properties of all resources of a type. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- templates are JSON of any shape
export function propertiesOf(template: Template, type: string): any[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => Properties);
}

/** A list of keys and values, as load balancers, listeners and target groups have it, as an object. */
export function attributes(list: { Key: string; Value: unknown }[]): Record<string, unknown> {
  return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
}

/** What is wrong with props: the lines of the one error that a construct throws. */
export function problemsOf(construct: () => unknown): string[] {
  try {
    construct();
  } catch (error) {
    const [title, ...problems] = (error as Error).message.split('\n');
    expect(title).toMatch(/^Invalid props of /);
    return problems.map((problem) => problem.replace(/^ {2}- /, ''));
  }
  return [];
}
