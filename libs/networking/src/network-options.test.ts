import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { GatewayService, NatStrategy, Network, type NetworkProps } from './index';

const availabilityZones = ['eu-west-1a', 'eu-west-1b'];

function templateOf(props: NetworkProps): Template {
  const stack = new Stack(new App(), 'Stack');
  new Network(stack, 'Network', { availabilityZones, ...props });
  return Template.fromStack(stack);
}

describe('a regional NAT gateway', () => {
  const template = templateOf({ natStrategy: NatStrategy.regional() });
  const [gatewayId, gateway] = Object.entries(template.findResources('AWS::EC2::NatGateway'))[0]!;

  test('is one for the whole VPC, in no subnet and with no Elastic IP address of the account', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 1);
    expect(gateway.Properties).toMatchObject({
      AvailabilityMode: 'regional',
      ConnectivityType: 'public',
      VpcId: { Ref: expect.stringMatching(/^NetworkVpc/) },
    });
    expect(gateway.Properties).not.toHaveProperty('SubnetId');
    template.resourceCountIs('AWS::EC2::EIP', 0);
  });

  test('is made after the VPC has its internet gateway', () => {
    const routes = template.findResources('AWS::EC2::Route', { DependsOn: [Match.stringLikeRegexp('VPCGW')] });
    expect(gateway.DependsOn).toContain(Object.keys(routes)[0]);
  });

  test('takes the place of zonal ones in the same routes, so that a change of strategy adds and removes none', () => {
    const natRoutes = (from: Template) =>
      from.findResources('AWS::EC2::Route', { Properties: { NatGatewayId: Match.anyValue() } });
    expect(Object.keys(natRoutes(template))).toEqual(Object.keys(natRoutes(templateOf({}))));
    for (const route of Object.values(natRoutes(template))) {
      expect(route.Properties.NatGatewayId).toEqual({ Ref: gatewayId });
    }
  });
});

describe('gateway endpoints', () => {
  test.each([
    [[], 0],
    [[GatewayService.S3], 1],
    [[GatewayService.DYNAMODB], 1],
    [[GatewayService.S3, GatewayService.DYNAMODB], 2],
  ])('are there for %j alone', (gatewayEndpoints, count) => {
    const template = templateOf({ gatewayEndpoints });
    template.resourceCountIs('AWS::EC2::VPCEndpoint', count);
    for (const service of gatewayEndpoints) {
      template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
        ServiceName: { 'Fn::Join': ['', Match.arrayWith([`.${service}`])] },
      });
    }
  });
});

describe('the network ACL of isolated subnets', () => {
  const entries = (template: Template) =>
    Object.values(template.findResources('AWS::EC2::NetworkAclEntry')).map(({ Properties: p }) => [
      p.Egress,
      p.RuleAction,
      p.Protocol,
      JSON.stringify(p.CidrBlock ?? p.Ipv6CidrBlock).replace(/NetworkVpc\w+/, 'Vpc'),
    ]);
  const ipv4 = '{"Fn::GetAtt":["Vpc","CidrBlock"]}';
  const ipv6 = '{"Fn::Select":[0,{"Fn::GetAtt":["Vpc","Ipv6CidrBlocks"]}]}';

  test('allows the addresses of the VPC, in and out, and nothing else', () => {
    const template = templateOf({ isolatedNetworkAcl: true });
    expect(entries(template)).toEqual([
      [false, 'allow', -1, ipv4],
      [true, 'allow', -1, ipv4],
    ]);
    const associated = Object.values(template.findResources('AWS::EC2::SubnetNetworkAclAssociation'));
    expect(associated.map(({ Properties: p }) => p.SubnetId.Ref)).toEqual([
      expect.stringContaining('isolatedSubnet1'),
      expect.stringContaining('isolatedSubnet2'),
    ]);
  });

  test('allows those of both protocols where there are both', () => {
    expect(entries(templateOf({ isolatedNetworkAcl: true, dualStack: true })).map((entry) => entry[3])).toEqual([
      ipv4,
      ipv4,
      ipv6,
      ipv6,
    ]);
  });

  test('is not there unless told otherwise', () => templateOf({}).resourceCountIs('AWS::EC2::NetworkAcl', 0));
});

describe('DHCP options', () => {
  test('replace those of the region', () => {
    const dhcpOptions = { domainName: 'corp.example.com', domainNameServers: ['10.0.0.2'], ntpServers: ['10.0.0.3'] };
    const template = templateOf({ dhcpOptions });
    template.hasResourceProperties('AWS::EC2::DHCPOptions', {
      DomainName: 'corp.example.com',
      DomainNameServers: ['10.0.0.2'],
      NtpServers: ['10.0.0.3'],
    });
    template.hasResourceProperties('AWS::EC2::VPCDHCPOptionsAssociation', {
      VpcId: Match.anyValue(),
      DhcpOptionsId: { Ref: Match.stringLikeRegexp('Dhcp') },
    });
  });

  test('keep name resolution where they name no servers', () => {
    templateOf({ dhcpOptions: { ntpServers: ['10.0.0.3'] } }).hasResourceProperties('AWS::EC2::DHCPOptions', {
      DomainNameServers: ['AmazonProvidedDNS'],
    });
    expect(() => templateOf({ dhcpOptions: { domainNameServers: ['AmazonProvidedDNS'] } })).not.toThrow();
  });

  test('that are none are refused, all at once', () => {
    const dhcpOptions = { domainNameServers: ['AmazonProvidedDNS', '10.0.0.2'], ntpServers: [] };
    expect(() => templateOf({ dhcpOptions })).toThrow(
      /number of dhcpOptions\.ntpServers .*got 0[^]*domainNameServers must be IPv4 addresses.*got "AmazonProvidedDNS"/,
    );
    expect(() => templateOf({ dhcpOptions: { ntpServers: ['time.example.com'] } })).toThrow(/ntpServers .*"time\./);
  });
});
