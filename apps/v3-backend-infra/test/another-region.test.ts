import { environments, parseEnvironmentConfig } from '@v3-backend-infra/config';
import { synthesizeConfig } from './assembly';
import { RULES } from './rules';
import { resources } from './rules/rule';

/** A second production, in another region and account: nothing but a configuration. */
const production = environments['production']!;
const config = parseEnvironmentConfig('production-us', {
  ...production,
  environment: 'production-us',
  account: '444455556666',
  region: 'us-west-2',
  availabilityZones: ['us-west-2a', 'us-west-2b', 'us-west-2c'],
  networking: { ...production.networking, natGateways: 'regional' },
  loadBalancer: {
    ...production.loadBalancer,
    internalCidrs: ['10.40.0.0/16', '2001:db8::/56'],
    ssl: {
      enabled: true,
      domainName: 'api.us.v3-backend.example.com',
      hostedZoneName: 'us.v3-backend.example.com',
      parentZone: {
        zoneName: 'v3-backend.example.com',
        delegationRoleArn: 'arn:aws:iam::333333333333:role/dns-delegation',
      },
      weightedRecord: { weight: 0, setIdentifier: 'us-west-2' },
    },
  },
  services: { ...production.services, serviceConnect: true },
});

describe('an environment in another region', () => {
  const stacks = synthesizeConfig(config, true);
  const templates = JSON.stringify(stacks);

  test('has all stacks, in its own account and region', () => {
    expect(stacks).toHaveLength(14);
    expect(new Set(stacks.map(({ account, region }) => `${account}/${region}`))).toEqual(
      new Set(['444455556666/us-west-2']),
    );
  });

  test('has nothing of the region and the account that its configuration was copied from', () => {
    expect(templates).not.toContain(production.region);
    expect(templates.replaceAll('arn:aws:iam::333333333333:role/dns-delegation', '')).not.toContain(production.account);
    expect(templates).not.toContain('/v3-backend/production/');
  });

  test('keeps all rules', () => {
    expect(RULES.filter((rule) => rule(stacks, config).length > 0)).toEqual([]);
  });

  test('delegates from the zone above, and has one NAT gateway that is in every zone', () => {
    expect(resources(stacks, 'Custom::CrossAccountZoneDelegation')).toHaveLength(1);
    expect(resources(stacks, 'AWS::EC2::NatGateway').map(({ Properties }) => Properties.AvailabilityMode)).toEqual([
      'regional',
    ]);
  });

  test('gets no requests for the shared name until its weight is raised', () => {
    const records = resources(stacks, 'AWS::Route53::RecordSet').filter(({ Properties }) => Properties.SetIdentifier);
    expect(records.map(({ Properties }) => [Properties.Type, Properties.Weight])).toEqual([['A', 0]]);
  });
});
