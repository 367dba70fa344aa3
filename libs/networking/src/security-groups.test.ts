import { SsmContract } from '@v3-backend/core';
import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Network, SecurityGroups, type SecurityGroupsProps } from './index';

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

  test('open further ports of the services to load balancer and services alike', () => {
    const ways = rules(templateOf({ additionalPorts: [9090] })).filter((way) => way.includes('9090'));
    expect(ways).toEqual(['Alb -> Ecs 9090', 'Ecs -> Ecs 9090'].flatMap((way) => [`${way} egress`, `${way} ingress`]));
  });

  test('put a database proxy between services and database, which keep their own way', () => {
    const template = templateOf({ databaseProxy: true });
    expect(rules(template).filter((way) => way.includes('Database'))).toEqual(
      ['DatabaseProxy -> Database 5432', 'Ecs -> Database 5432', 'Ecs -> DatabaseProxy 5432'].flatMap((way) => [
        `${way} egress`,
        `${way} ingress`,
      ]),
    );
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: contract.parameterName('databaseProxySecurityGroupId'),
    });
  });

  test('let everyone in and tasks out by IPv6, too, in a dual-stack VPC', () => {
    const blocks = (props: Omit<SecurityGroupsProps, 'vpc'>, ports: object) =>
      templateOf(props).hasResourceProperties('AWS::EC2::SecurityGroup', ports);
    const https = [{ CidrIp: '0.0.0.0/0' }, { CidrIpv6: '::/0' }].map((anyone) =>
      Match.objectLike({ ...anyone, FromPort: 443 }),
    );
    blocks({ dualStack: true, albPorts: [443] }, { GroupDescription: 'Load balancer', SecurityGroupIngress: https });
    blocks({ dualStack: true }, { GroupDescription: 'Tasks of all services', SecurityGroupEgress: https });
  });

  test('keep everyone out by IPv6 where clients are named', () => {
    const template = templateOf({
      dualStack: true,
      albPorts: [443],
      albIngressCidrs: ['192.0.2.0/24', '2001:db8::/32'],
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Load balancer',
      SecurityGroupIngress: [
        Match.objectLike({ CidrIp: '192.0.2.0/24' }),
        Match.objectLike({ CidrIpv6: '2001:db8::/32' }),
      ],
    });
  });

  test('let tasks call only whom they are told to, on the ports that they are told', () => {
    templateOf({ egressCidrs: ['192.0.2.0/24'], egressPorts: [443, 587] }).hasResourceProperties(
      'AWS::EC2::SecurityGroup',
      {
        GroupDescription: 'Tasks of all services',
        SecurityGroupEgress: [443, 587].map((port) =>
          Match.objectLike({ CidrIp: '192.0.2.0/24', FromPort: port, ToPort: port }),
        ),
      },
    );
  });

  test('let tasks reach gateway endpoints by their prefix lists where they may call nobody else', () => {
    const template = templateOf({ egressCidrs: [], egressPrefixLists: ['pl-6da54004'] });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('Ecs'), 'GroupId'] },
      DestinationPrefixListId: 'pl-6da54004',
      FromPort: 443,
      ToPort: 443,
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Tasks of all services',
      SecurityGroupEgress: Match.absent(),
    });
  });

  test.each<[string, Omit<SecurityGroupsProps, 'vpc'>, RegExp]>([
    [
      'a port that is there already',
      { additionalPorts: [3000] },
      /applicationPort and additionalPorts must not .*twice, got 3000, 3000/,
    ],
    [
      'no port to call on',
      { egressPorts: [] },
      /egressPorts must name 1 or more ports, got none; .*leave egressCidrs empty/,
    ],
    [
      'IPv6 in an IPv4 VPC',
      { egressCidrs: ['::/0'] },
      /egressCidrs must not have IPv6 blocks without dualStack, got "::\/0"/,
    ],
    [
      'an IPv6 block that is none',
      { dualStack: true, albIngressCidrs: ['2001:db8::/129'] },
      /albIngressCidrs must be IPv6 blocks.*\/129"/,
    ],
    [
      'an IPv6 address',
      { dualStack: true, albIngressCidrs: ['2001:db8::1'] },
      /albIngressCidrs must be IPv6 blocks.*db8::1"/,
    ],
    [
      'an IPv4 block that is none',
      { egressCidrs: ['192.0.2.256/24'] },
      /egressCidrs must be IPv4 blocks.*"192\.0\.2\.256\/24"/,
    ],
    [
      'a name of a prefix list',
      { egressPrefixLists: ['com.amazonaws.s3'] },
      /egressPrefixLists must be ids.*"com\.amazonaws\.s3"/,
    ],
  ])('refuse %s', (_title, props, message) => expect(() => templateOf(props)).toThrow(message));

  test('may have blocks that are known at deployment only', () => {
    const block = Lazy.string({ produce: () => '192.0.2.0/24' });
    templateOf({ albIngressCidrs: [block], albPorts: [443] }).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '192.0.2.0/24' })],
    });
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
    expect(groups.databaseProxySecurityGroup).toBeUndefined();
  });

  test('of a database proxy are imported where there is one', () => {
    const { stack } = setUp();
    const options = { databaseProxy: true };
    const proxy = SecurityGroups.fromSsm(stack, 'Groups', contract, options).databaseProxySecurityGroup!;
    stack.exportValue(proxy.securityGroupId, { name: 'used' });
    Template.fromStack(stack).hasParameter('*', { Default: contract.parameterName('databaseProxySecurityGroupId') });
    expect(SecurityGroups.fromSsm(stack, 'Other', contract).databaseProxySecurityGroup).toBeUndefined();
  });
});
