import { SsmContract } from '@v3-backend/core';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { InterfaceEndpoints, Network, SecurityGroups, type SecurityGroupsProps } from './index';

const contract = new SsmContract({ environment: 'test', stack: 'security' });

function setUp(): { stack: Stack; vpc: ec2.IVpc } {
  const stack = new Stack(new App(), 'Stack');
  const { vpc } = Network.fromNetworkAttributes(stack, 'Network', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
    privateRouteTableIds: ['rtb-1', 'rtb-2'],
  });
  return { stack, vpc };
}

function templateOf(props: Omit<SecurityGroupsProps, 'vpc'> = {}): Template {
  const { stack, vpc } = setUp();
  new SecurityGroups(stack, 'Groups', { vpc, ...props }).publish(contract);
  return Template.fromStack(stack);
}

/** Every rule of the template in words, e.g. `egress Alb -> Ecs 3000`. */
function rules(template: Template): string[] {
  const name = (reference: { 'Fn::GetAtt': string[] }) =>
    /^Groups(\D+?)[0-9A-F]{8}$/.exec(reference['Fn::GetAtt'][0]!)![1];
  const ingress = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(
    ({ Properties: p }) => `${name(p.SourceSecurityGroupId)} -> ${name(p.GroupId)} ${p.FromPort} ingress`,
  );
  const egress = Object.values(template.findResources('AWS::EC2::SecurityGroupEgress')).map(
    ({ Properties: p }) => `${name(p.GroupId)} -> ${name(p.DestinationSecurityGroupId)} ${p.FromPort} egress`,
  );
  return [...ingress, ...egress].sort();
}

describe('security groups', () => {
  test('open both ends of every way between the layers, and no other', () => {
    const ways = ['Alb -> Ecs 3000', 'Ecs -> Database 5432', 'Ecs -> Ecs 3000', 'Ecs -> VpcEndpoint 443'];
    expect(rules(templateOf())).toEqual(ways.flatMap((way) => [`${way} egress`, `${way} ingress`]));
  });

  test('let everyone reach the load balancer on ports 80 and 443, and tasks call out on 443 only', () => {
    const template = templateOf();
    const anywhere = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp' };
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Load balancer',
      SecurityGroupIngress: [
        Match.objectLike({ ...anywhere, FromPort: 80 }),
        Match.objectLike({ ...anywhere, FromPort: 443 }),
      ],
      SecurityGroupEgress: Match.absent(),
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Tasks of all services',
      SecurityGroupEgress: [Match.objectLike({ ...anywhere, FromPort: 443, ToPort: 443 })],
    });
  });

  test('let nothing out of the database', () => {
    templateOf().hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Database',
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp' })],
    });
  });

  test('follow other ports and narrower clients', () => {
    const template = templateOf({
      applicationPort: 8080,
      databasePort: 6432,
      albPorts: [443],
      albIngressCidrs: ['192.0.2.0/24'],
    });
    expect(rules(template)).toEqual(expect.arrayContaining(['Alb -> Ecs 8080 ingress', 'Ecs -> Database 6432 egress']));
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '192.0.2.0/24', FromPort: 443 })],
    });
  });

  test('have no physical name, so that they can be replaced', () => {
    templateOf().allResourcesProperties('AWS::EC2::SecurityGroup', Match.objectLike({ GroupName: Match.absent() }));
  });

  test('report every invalid prop at once', () => {
    const invalid = { applicationPort: 0, databasePort: 70000, albPorts: [], albIngressCidrs: ['everyone'] };
    expect(() => templateOf(invalid)).toThrow(
      /applicationPort .*got 0[^]*databasePort .*got 70000[^]*albPorts must name 1 or more[^]*albIngressCidrs .*"everyone"/,
    );
  });

  test('from SSM read only what is used, and take no rule', () => {
    const stack = new Stack(new App(), 'Stack');
    const groups = SecurityGroups.fromSsm(stack, 'Groups', contract);
    groups.databaseSecurityGroup.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.POSTGRES);
    stack.exportValue(groups.databaseSecurityGroup.securityGroupId, { name: 'used' });
    const template = Template.fromStack(stack);
    expect(template.toJSON()).not.toHaveProperty('Resources');
    expect(Object.values(template.findParameters('*', { Default: Match.stringLikeRegexp('security/') }))).toEqual([
      expect.objectContaining({ Default: contract.parameterName('databaseSecurityGroupId') }),
    ]);
  });

  test('from attributes are the given groups', () => {
    const attrs = {
      albSecurityGroupId: 'sg-1',
      ecsSecurityGroupId: 'sg-2',
      databaseSecurityGroupId: 'sg-3',
      vpcEndpointSecurityGroupId: 'sg-4',
    };
    const groups = SecurityGroups.fromSecurityGroupsAttributes(setUp().stack, 'Groups', attrs);
    expect(groups.albSecurityGroup.securityGroupId).toBe('sg-1');
    expect(groups.vpcEndpointSecurityGroup.securityGroupId).toBe('sg-4');
  });
});

describe('interface endpoints', () => {
  function endpoints(services: string[]): Template {
    const { stack, vpc } = setUp();
    const groups = new SecurityGroups(stack, 'Groups', { vpc });
    const securityGroup = groups.vpcEndpointSecurityGroup;
    new InterfaceEndpoints(stack, 'Endpoints', { vpc, securityGroup, services });
    return Template.fromStack(stack);
  }

  test('are in the private subnets, have private names, and leave the security group as it is', () => {
    const template = endpoints(['ecr.api', 'logs']);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 2);
    template.allResourcesProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      SubnetIds: ['subnet-1', 'subnet-2'],
      PrivateDnsEnabled: true,
    });
    expect(rules(template)).toEqual(rules(templateOf()));
  });

  test('refuse names that are none, repeated, or have a gateway endpoint', () => {
    expect(() => endpoints(['ECR API', 's3', 'logs', 'logs'])).toThrow(
      /got "ECR API"[^]*must not name "s3": the network has a gateway endpoint[^]*twice, got logs again/,
    );
  });
});
