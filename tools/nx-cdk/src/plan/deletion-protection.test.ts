import type { TemplateResource } from '../assembly/template';
import type { DeployedStack } from '../live-state/live-state';
import { protectedResources } from './deletion-protection';
import { bucketsToBeEmpty, keptResources } from './remains';

const deployed = (Resources: Record<string, TemplateResource>, parameters: DeployedStack['parameters'] = {}) =>
  ({ template: { Resources }, parameters }) as DeployedStack;

const protectedAs = (Type: string, Properties: Record<string, unknown>, parameters?: DeployedStack['parameters']) =>
  protectedResources(deployed({ It: { Type, Properties } }, parameters)).length === 1;

describe('a resource refuses to be deleted', () => {
  test.each([
    ['AWS::RDS::DBInstance', { DeletionProtection: true }],
    ['AWS::RDS::DBCluster', { DeletionProtection: 'true' }],
    ['AWS::DynamoDB::Table', { DeletionProtectionEnabled: true }],
    ['AWS::DynamoDB::GlobalTable', { Replicas: [{ Region: 'a' }, { DeletionProtectionEnabled: true }] }],
    ['AWS::Cognito::UserPool', { DeletionProtection: 'ACTIVE' }],
    ['AWS::Logs::LogGroup', { DeletionProtectionEnabled: true }],
    ['AWS::EC2::Instance', { DisableApiTermination: true }],
    ['AWS::AutoScaling::AutoScalingGroup', { DeletionProtection: 'prevent-all-deletion' }],
    [
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] },
    ],
  ])('%s with %j', (type, properties) => {
    expect(protectedAs(type, properties)).toBe(true);
  });

  test.each([
    ['AWS::RDS::DBInstance', { DeletionProtection: false }],
    ['AWS::RDS::DBInstance', {}],
    ['AWS::Cognito::UserPool', { DeletionProtection: 'INACTIVE' }],
    ['AWS::SNS::Topic', { DeletionProtection: true }],
    [
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      {
        LoadBalancerAttributes: [
          { Key: 'deletion_protection.enabled', Value: 'false' },
          { Key: 'access_logs.s3.enabled', Value: 'true' },
        ],
      },
    ],
  ])('but not %s with %j', (type, properties) => {
    expect(protectedAs(type, properties)).toBe(false);
  });

  test('by a parameter, as the value that it was deployed with says', () => {
    const Properties = { DeletionProtection: { Ref: 'Protect' } };
    expect(protectedAs('AWS::RDS::DBInstance', Properties, { Protect: { value: 'true' } })).toBe(true);
    expect(protectedAs('AWS::RDS::DBInstance', Properties, { Protect: { value: 'false' } })).toBe(false);
    expect(protectedAs('AWS::RDS::DBInstance', Properties, { Protect: { value: '/path', resolved: 'true' } })).toBe(
      true,
    );
  });
});

describe('what a deleted stack leaves behind', () => {
  const remains = (Type: string, DeletionPolicy?: string, Properties = {}) =>
    keptResources(deployed({ It: { Type, Properties, ...(DeletionPolicy ? { DeletionPolicy } : {}) } })).get('It');

  test('the resource itself, or a snapshot of it, as its deletion policy says', () => {
    expect(remains('AWS::S3::Bucket', 'Retain')).toBe('resource');
    expect(remains('AWS::S3::Bucket', 'RetainExceptOnCreate')).toBe('resource');
    expect(remains('AWS::EC2::Volume', 'Snapshot')).toBe('snapshot');
    expect(remains('AWS::S3::Bucket', 'Delete')).toBeUndefined();
    expect(remains('AWS::S3::Bucket')).toBeUndefined();
  });

  test('a snapshot of a database also without a policy, unless it is part of a cluster', () => {
    expect(remains('AWS::RDS::DBCluster')).toBe('snapshot');
    expect(remains('AWS::RDS::DBInstance')).toBe('snapshot');
    expect(remains('AWS::RDS::DBInstance', undefined, { DBClusterIdentifier: 'c' })).toBeUndefined();
    expect(remains('AWS::RDS::DBInstance', 'Delete')).toBeUndefined();
  });

  test('a bucket must be empty unless it is kept, or emptied by CDK’s custom resource', () => {
    const stack = deployed({
      Plain: { Type: 'AWS::S3::Bucket' },
      Kept: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' },
      Emptied: { Type: 'AWS::S3::Bucket' },
      Emptier: { Type: 'Custom::S3AutoDeleteObjects', Properties: { BucketName: { Ref: 'Emptied' } } },
      Other: { Type: 'AWS::SNS::Topic' },
    });
    expect(bucketsToBeEmpty(stack)).toEqual(['Plain']);
  });
});
