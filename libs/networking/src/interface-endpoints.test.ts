import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { EndpointNeed, InterfaceEndpoints, type InterfaceEndpointsProps, Network, SecurityGroups } from './index';

function templateOf(props: Omit<InterfaceEndpointsProps, 'vpc' | 'securityGroup'>): Template {
  const stack = new Stack(new App(), 'Stack');
  const { vpc } = Network.fromNetworkAttributes(stack, 'Network', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
    privateRouteTableIds: ['rtb-1', 'rtb-2'],
  });
  const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
  new InterfaceEndpoints(stack, 'Endpoints', { vpc, securityGroup, ...props });
  return Template.fromStack(stack);
}

/** The services with an endpoint, e.g. `ecr.api`, and their subnets. */
function endpoints(template: Template): Record<string, string[]> {
  const found = Object.values(template.findResources('AWS::EC2::VPCEndpoint'));
  return Object.fromEntries(
    found.map(({ Properties: p }) => {
      const name = p.ServiceName['Fn::Join'][1].at(-1) as string;
      return [name.slice(1), p.SubnetIds as string[]];
    }),
  );
}

describe('interface endpoints', () => {
  test('are in the private subnets, have private names, and leave the security group as it is', () => {
    const template = templateOf({ services: ['ecr.api', 'logs'] });
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 2);
    template.allResourcesProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      SubnetIds: ['subnet-1', 'subnet-2'],
      SecurityGroupIds: ['sg-1'],
      PrivateDnsEnabled: true,
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('are those that tasks need to start without NAT, to read secrets and parameters, and to be looked into', () => {
    const { FARGATE_TASKS, SECRETS, PARAMETERS, ENCRYPTION, EXECUTE_COMMAND } = EndpointNeed;
    const needs = [FARGATE_TASKS, SECRETS, PARAMETERS, ENCRYPTION, EXECUTE_COMMAND];
    expect(Object.keys(endpoints(templateOf({ needs }))).sort()).toEqual(
      ['ecr.api', 'ecr.dkr', 'kms', 'logs', 'secretsmanager', 'ssm', 'ssmmessages'].sort(),
    );
  });

  test('are those of each further need', () => {
    const { QUEUES, TOPICS, EVENTS, METRICS, TRACES, ROLES } = EndpointNeed;
    const needs = [QUEUES, TOPICS, EVENTS, METRICS, TRACES, ROLES, EndpointNeed.of('bedrock-runtime')];
    expect(Object.keys(endpoints(templateOf({ needs })))).toEqual(
      expect.arrayContaining(['sqs', 'sns', 'events', 'monitoring', 'xray', 'sts', 'bedrock-runtime']),
    );
  });

  test('are one for a service that several needs, or a need and a service, have in common', () => {
    const needs = [EndpointNeed.FARGATE_TASKS, EndpointNeed.of('logs', 'email')];
    templateOf({ needs, services: ['email'] }).resourceCountIs('AWS::EC2::VPCEndpoint', 4);
  });

  test('have the same ids in whatever way and order their services are named', () => {
    const ids = (template: Template) => Object.keys(template.findResources('AWS::EC2::VPCEndpoint')).sort();
    expect(ids(templateOf({ needs: [EndpointNeed.FARGATE_TASKS] }))).toEqual(
      ids(templateOf({ services: ['logs', 'ecr.dkr', 'ecr.api'] })),
    );
  });

  test('stay out of zones in which a service is not offered', () => {
    const serviceZones = { email: ['eu-west-1b'] };
    expect(endpoints(templateOf({ services: ['email', 'logs'], serviceZones }))).toEqual({
      email: ['subnet-2'],
      logs: ['subnet-1', 'subnet-2'],
    });
  });

  test('admit tasks by the rules of their group, and nobody else in the VPC', () => {
    const stack = new Stack(new App(), 'Stack');
    const { vpc } = new Network(stack, 'Network');
    const { vpcEndpointSecurityGroup: securityGroup } = new SecurityGroups(stack, 'Groups', { vpc });
    new InterfaceEndpoints(stack, 'Endpoints', { vpc, securityGroup, services: ['logs'] });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Interface VPC endpoints',
      SecurityGroupIngress: Match.absent(),
    });
  });

  test('refuse names that are none, repeated, or have a gateway endpoint', () => {
    expect(() => templateOf({ services: ['ECR API', 's3', 'dynamodb', 'logs', 'logs'] })).toThrow(
      /got "ECR API"[^]*must not name "s3": the network has a gateway endpoint[^]*"dynamodb"[^]*twice, got logs again/,
    );
    expect(() => templateOf({})).toThrow(/needs or services must name 1 or more services, got none/);
  });

  test('refuse zones that they cannot be in', () => {
    const serviceZones = { email: [], logs: ['eu-west-1b', 'eu-west-1z'], sqs: ['eu-west-1a'] };
    expect(() => templateOf({ services: ['email', 'logs'], serviceZones })).toThrow(
      /"email" must be 1 or more of the VPC's zones eu-west-1a, eu-west-1b, got none[^]*"logs" .*got eu-west-1b, eu-west-1z[^]*names "sqs", which has no endpoint here/,
    );
  });
});
