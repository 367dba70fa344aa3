import { readFileSync } from 'node:fs';
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ProviderLogGroup } from './index';

const resourceType = 'Custom::VpcRestrictDefaultSG';
const flags = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8')) as Record<
  string,
  unknown
>;

function closeDefaultGroup(scope: Stack, id = 'Vpc'): void {
  new ec2.Vpc(scope, id, { natGateways: 0, restrictDefaultSecurityGroup: true });
}

describe.each([
  ['without feature flags', {}],
  ['with all recommended feature flags', flags],
])('the log group of a custom resource provider, %s', (_title, context) => {
  const stack = new Stack(new App({ context }), 'Stack');
  closeDefaultGroup(stack);
  closeDefaultGroup(stack, 'SecondVpc');
  const first = ProviderLogGroup.ofResourceType(stack, resourceType);
  const second = ProviderLogGroup.ofResourceType(stack.node.findChild('Vpc') as ec2.Vpc, resourceType);
  const template = Template.fromStack(stack);

  test('is made once per stack, expires after a week, is deleted with the stack and has no fixed name', () => {
    expect(first).toBeDefined();
    expect(second).toBe(first);
    template.resourceCountIs('AWS::Logs::LogGroup', 1);
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 7, LogGroupName: Match.absent() },
      DeletionPolicy: 'Delete',
    });
  });

  test('outlives every custom resource: they refer to the function, and the function to it', () => {
    const [logGroupId] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    const [handlerId, handler] = Object.entries(template.findResources('AWS::Lambda::Function'))[0]!;
    expect(handler.Properties.LoggingConfig).toEqual({ LogGroup: { Ref: logGroupId } });
    template.resourceCountIs(resourceType, 2);
    template.allResourcesProperties(resourceType, { ServiceToken: { 'Fn::GetAtt': [handlerId, 'Arn'] } });
  });

  test('cannot be made again by lines that arrive after its deletion, and the function keeps its permissions', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        Match.objectLike({
          PolicyDocument: Match.objectLike({
            Statement: Match.arrayWith([
              Match.objectLike({ Effect: 'Allow', Action: Match.arrayWith(['ec2:RevokeSecurityGroupIngress']) }),
              { Effect: 'Deny', Action: 'logs:CreateLogGroup', Resource: '*' },
            ]),
          }),
        }),
      ],
    });
  });
});

describe('where the provider is not used', () => {
  test('there is no log group', () => {
    const stack = new Stack(new App(), 'Stack');
    expect(ProviderLogGroup.ofResourceType(stack, resourceType)).toBeUndefined();
    Template.fromStack(stack).templateMatches({ Resources: Match.absent() });
  });

  test('another stack of the app is not searched', () => {
    const parent = new Stack(new App(), 'Parent');
    closeDefaultGroup(parent);
    expect(ProviderLogGroup.ofResourceType(new NestedStack(parent, 'Nested'), resourceType)).toBeUndefined();
    Template.fromStack(parent).resourceCountIs('AWS::Logs::LogGroup', 0);
  });
});
