import { SsmContract } from '@v3-backend/core';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import {
  EndpointNeed,
  InterfaceEndpoints,
  NatStrategy,
  Network,
  SecurityGroups,
  VpcBlockPublicAccess,
  VpcBlockPublicAccessExclusion,
  VpcFlowLogs,
} from './index';

/** Everything that the library offers, at once, but for what excludes each other. */
function everything(stack: Stack): void {
  const contract = (name: string) => new SsmContract({ environment: 'test', stack: name });
  const network = new Network(stack, 'Network', {
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    plannedZones: 4,
    dualStack: true,
    natStrategy: NatStrategy.regional(),
    isolatedNetworkAcl: true,
    dhcpOptions: { domainName: 'corp.example.com' },
  });
  network.publish(contract('networking'));
  const { vpc } = network;
  new VpcFlowLogs(stack, 'Archive', {
    vpc,
    destination: ec2.FlowLogDestination.toS3(s3.Bucket.fromBucketName(stack, 'Bucket', 'logs'), 'vpc-flow-logs'),
  });
  const groups = new SecurityGroups(stack, 'Groups', {
    vpc,
    additionalPorts: [9090],
    databaseProxy: true,
    dualStack: true,
    egressPrefixLists: ['pl-6da54004'],
  });
  groups.publish(contract('security'));
  new InterfaceEndpoints(stack, 'Endpoints', {
    vpc,
    securityGroup: groups.vpcEndpointSecurityGroup,
    needs: [EndpointNeed.FARGATE_TASKS, EndpointNeed.SECRETS],
    serviceZones: { logs: ['eu-west-1a'] },
  });
  new VpcBlockPublicAccess(stack, 'Block');
  new VpcBlockPublicAccessExclusion(stack, 'Exclusion', { subnets: vpc.publicSubnets });
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

describe.each([
  ['without feature flags', undefined],
  ['with all recommended feature flags', flags],
])('everything at once, %s', (_flags, context) => {
  test.each([
    ['in a known account and region', { account: '123456789012', region: 'eu-west-1' }],
    ['in any account and region', undefined],
  ])('becomes a template in which no value was lost, and looks nothing up, %s', (_env, env) => {
    const app = new App({ context });
    const stack = new Stack(app, 'Stack', { env });
    everything(stack);
    const template = Template.fromStack(stack).toJSON();
    expect(JSON.stringify(template).match(/undefined|\[object Object\]|NaN/)).toBeNull();
    expect(app.synth().manifest.missing).toBeUndefined();
  });

  test('allows no kind of action on everything', () => {
    const stack = new Stack(new App({ context }), 'Stack');
    everything(stack);
    const template = Template.fromStack(stack);
    const policies = [
      ...Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties),
      ...Object.values(template.findResources('AWS::IAM::Role')).flatMap(({ Properties }) => Properties.Policies ?? []),
    ];
    const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement as Statement[]);
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.length).toBeGreaterThan(0);
    for (const { Action, Resource } of allowed) {
      expect([Action].flat()).toEqual([Action].flat().filter((action) => !action.includes('*')));
      expect([Resource].flat()).not.toContain('*');
    }
  });
});
