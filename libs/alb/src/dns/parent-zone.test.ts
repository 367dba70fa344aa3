import { Lazy, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { APPS, newStack, problemsOf, propertiesOf } from '../../test/fixture';
import { DnsZone, ParentZone, ZoneDelegationRole, type ZoneDelegationRoleProps } from '../index';

const RECORD = 'AWS::Route53::RecordSet';
const ROLE_ARN = 'arn:aws:iam::111122223333:role/dns-delegation';

const parentIn = (stack: Stack, zoneName = 'example.com') =>
  route53.PublicHostedZone.fromPublicHostedZoneAttributes(stack, 'Parent', { hostedZoneId: 'ZPARENT', zoneName });

describe.each(APPS)('a zone whose parent is in Route 53, in an app %s', (_title, context, env) => {
  test('is delegated to by a record in the parent of the same account', () => {
    const stack = newStack(context, env);
    new DnsZone(stack, 'Zone', {
      zoneName: 'staging.example.com',
      parentZone: ParentZone.inThisAccount(parentIn(stack)),
    });
    Template.fromStack(stack).hasResourceProperties(RECORD, {
      Type: 'NS',
      HostedZoneId: 'ZPARENT',
      Name: 'staging.example.com.',
      ResourceRecords: { 'Fn::GetAtt': [Match.stringLikeRegexp('Zone'), 'NameServers'] },
    });
  });

  test('is delegated to with a role of another account, by a function whose log ends', () => {
    const stack = newStack(context, env);
    const role = iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN);
    new DnsZone(stack, 'Zone', {
      zoneName: 'staging.example.com',
      parentZone: ParentZone.inAnotherAccount('example.com', role),
    });
    const template = Template.fromStack(stack);
    template.hasResource('Custom::CrossAccountZoneDelegation', {
      Properties: {
        AssumeRoleArn: ROLE_ARN,
        ParentZoneName: 'example.com',
        DelegatedZoneName: 'staging.example.com',
        DelegatedZoneNameServers: { 'Fn::GetAtt': [Match.stringLikeRegexp('Zone'), 'NameServers'] },
      },
      DeletionPolicy: 'Delete',
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Resource: ROLE_ARN }] },
    });
  });
});

describe('delegation', () => {
  test('goes downwards only', () => {
    const stack = newStack();
    const parentZone = ParentZone.inThisAccount(parentIn(stack));
    for (const zoneName of ['example.com', 'example.org']) {
      expect(problemsOf(() => new DnsZone(stack, zoneName, { zoneName, parentZone }))).toEqual([
        `zoneName must be below the parent zone, which is example.com, got "${zoneName}"`,
      ]);
    }
  });

  test('is possible where the parent’s name is known at deployment only', () => {
    const stack = newStack();
    const parent = parentIn(stack, Lazy.string({ produce: () => 'example.com' }));
    new DnsZone(stack, 'Zone', { zoneName: 'staging.example.com', parentZone: ParentZone.inThisAccount(parent) });
    Template.fromStack(stack).hasResourceProperties(RECORD, { Name: 'staging.example.com.' });
  });
});

describe('delegation role', () => {
  const props = (stack: Stack): ZoneDelegationRoleProps => ({
    parentZone: parentIn(stack),
    delegatedZoneNames: ['staging.example.com'],
    accountIds: ['444455556666'],
    roleName: 'dns-delegation',
  });

  test('lets the given accounts write name server records of the given names, and nothing else', () => {
    const stack = newStack();
    new ZoneDelegationRole(stack, 'Delegation', props(stack));
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'dns-delegation',
      AssumeRolePolicyDocument: {
        Statement: [{ Action: 'sts:AssumeRole', Principal: { AWS: Match.objectLike({}) } }],
      },
    });
    expect(JSON.stringify(propertiesOf(template, 'AWS::IAM::Role'))).toContain(':iam::444455556666:root');
    const [policy] = propertiesOf(template, 'AWS::IAM::Policy');
    const [write, list, ...others] = policy.PolicyDocument.Statement;
    expect(write).toMatchObject({
      Action: 'route53:ChangeResourceRecordSets',
      Condition: {
        'ForAllValues:StringEquals': {
          'route53:ChangeResourceRecordSetsRecordTypes': ['NS'],
          'route53:ChangeResourceRecordSetsActions': ['UPSERT', 'DELETE'],
          'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['staging.example.com'],
        },
      },
    });
    expect(JSON.stringify(write.Resource)).toContain(':hostedzone/ZPARENT');
    expect(list.Action).toBe('route53:ListHostedZonesByName');
    expect(others).toEqual([]);
  });

  test('with names that are not below the parent’s or malformed accounts is refused, all problems at once', () => {
    const stack = newStack();
    const wrong = {
      ...props(stack),
      delegatedZoneNames: ['example.com', 'Staging'],
      accountIds: ['1'],
      roleName: 'a role',
    };
    expect(problemsOf(() => new ZoneDelegationRole(stack, 'Delegation', wrong))).toEqual([
      'delegatedZoneNames[0] must be below the parent zone, which is example.com, got "example.com"',
      expect.stringContaining('delegatedZoneNames[1] must be a domain name'),
      expect.stringContaining('delegatedZoneNames[1] must be below the parent zone'),
      expect.stringContaining('accountIds[0] must be an account id of 12 digits'),
      expect.stringContaining('roleName must be a role name'),
    ]);
    const empty = { ...wrong, roleName: undefined, delegatedZoneNames: [], accountIds: [] };
    expect(problemsOf(() => new ZoneDelegationRole(stack, 'Empty', empty))).toEqual([
      expect.stringContaining('delegatedZoneNames is empty'),
      expect.stringContaining('accountIds is empty'),
    ]);
  });
});
