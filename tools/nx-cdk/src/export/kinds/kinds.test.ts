import type { SourceResource } from '../source';
import { exportedZone } from './hosted-zones';
import { exportedLoadBalancer } from './load-balancers';
import { exportedLogGroup } from './log-groups';
import { exportedSecurityGroup } from './security-groups';
import { commonPath } from './ssm-parameters';

const resource = (physicalId: string, more: Partial<SourceResource> = {}): SourceResource => ({
  stack: 'stack',
  logicalId: 'Id',
  region: 'eu-west-1',
  physicalId,
  of: {} as SourceResource['of'],
  ...more,
});

describe('the path that an environment’s parameters share', () => {
  test.each([
    [['/shop/test/a/x', '/shop/test/b/y'], '/shop/test'],
    [['/shop/test/a/x', '/shop/test/a/y'], '/shop/test/a'],
    [['/test/x'], '/test'],
    [['/shop/a/test', '/shop/a/other'], undefined],
    [['/shop/test/x', '/elsewhere/test/y'], undefined],
    [['/shop/x', '/shop/y'], undefined],
    [['test/x'], undefined],
    [['plain'], undefined],
    [[], undefined],
  ])('of %j is %s', (names, path) => {
    expect(commonPath(names, 'test')).toBe(path);
  });
});

test('each peer of a permission is a rule, in an order that does not depend on EC2', () => {
  const { rules } = exportedSecurityGroup(resource('sg-1'), {
    GroupId: 'sg-1',
    IpPermissions: [
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'Clients' }],
        UserIdGroupPairs: [{ GroupId: 'sg-2' }],
      },
      { IpProtocol: 'udp', FromPort: 1024, ToPort: 65535, Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
    ],
    IpPermissionsEgress: [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: 'pl-1' }] }],
  });
  expect(rules.map(({ direction, protocol, ports, peer }) => [direction, protocol, ports, peer].join(' '))).toEqual([
    'egress -1 all pl-1',
    'ingress tcp 443 10.0.0.0/8',
    'ingress tcp 443 sg-2',
    'ingress udp 1024-65535 ::/0',
  ]);
});

test('each record of a zone says who made it: the zone, a stack, a certificate’s validation, or a hand', () => {
  const alias = { HostedZoneId: 'Z2', DNSName: 'lb.example.', EvaluateTargetHealth: false };
  const declared = resource('api.shop.example', { declared: { Type: 'X', Properties: { Type: 'A' } } });
  const { records, nameServers } = exportedZone(
    resource('Z1'),
    {
      name: 'shop.example.',
      nameServers: ['ns-2', 'ns-1'],
      records: [
        { Name: 'shop.example.', Type: 'NS', TTL: 60, ResourceRecords: [{ Value: 'ns-1' }] },
        { Name: 'api.shop.example.', Type: 'A', AliasTarget: alias },
        { Name: 'api.shop.example.', Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: '"x"' }] },
        { Name: '_1.shop.example.', Type: 'CNAME', ResourceRecords: [{ Value: '_2.acm-validations.aws.' }] },
        { Name: 'old.shop.example.', Type: 'NS', ResourceRecords: [{ Value: 'ns-9' }] },
        {
          Name: 'w.shop.example.',
          Type: 'CNAME',
          SetIdentifier: 'blue',
          Weight: 10,
          ResourceRecords: [{ Value: 'b' }],
        },
      ],
    },
    [declared],
  );
  expect(nameServers).toEqual(['ns-1', 'ns-2']);
  expect(records.map(({ name, type, madeBy, values, routing }) => [name, type, madeBy, ...values, routing])).toEqual([
    ['_1.shop.example.', 'CNAME', 'certificate validation', '_2.acm-validations.aws.', null],
    ['api.shop.example.', 'A', 'stack', 'alias lb.example.', null],
    ['api.shop.example.', 'TXT', 'hand', '"x"', null],
    ['old.shop.example.', 'NS', 'hand', 'ns-9', null],
    ['shop.example.', 'NS', 'zone', 'ns-1', null],
    ['w.shop.example.', 'CNAME', 'hand', 'b', 'blue, weight 10'],
  ]);
});

test('log groups are to be backed up that have something and that the teardown deletes', () => {
  const backUp = (storedBytes: number, DeletionPolicy?: string) =>
    exportedLogGroup(resource('logs', { declared: { Type: 'X', DeletionPolicy } }), { storedBytes }).backUp;
  expect([backUp(1), backUp(0), backUp(1, 'Retain'), backUp(1, 'RetainExceptOnCreate'), backUp(1, 'Delete')]).toEqual([
    true,
    false,
    false,
    false,
    true,
  ]);
});

test('a load balancer is exported with the names that DNS records need', () => {
  const found = { LoadBalancerName: 'lb', DNSName: 'lb.example', CanonicalHostedZoneId: 'Z2' };
  expect(exportedLoadBalancer(resource('arn'), found)).toMatchObject({ dnsName: 'lb.example', hostedZoneId: 'Z2' });
});
