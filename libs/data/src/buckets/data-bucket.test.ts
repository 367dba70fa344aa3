import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { DataBucket, type DataBucketProps, DataKey } from '../index';

const contract = new SsmContract({ environment: 'test', stack: 'files' });
const replica = 'arn:aws:s3:::replica';

function synthesize(props: (stack: Stack) => DataBucketProps, context?: Record<string, unknown>): Template {
  const stack = new Stack(new App({ context }), 'Stack');
  new DataBucket(stack, 'Files', props(stack)).publish(contract);
  return Template.fromStack(stack);
}

function rulesOf(template: Template): Record<string, unknown>[] {
  const [bucket] = Object.values(template.findResources('AWS::S3::Bucket'));
  return bucket!.Properties.LifecycleConfiguration.Rules;
}

describe('a data bucket', () => {
  test.each([
    ['without feature flags', undefined],
    ['with all recommended feature flags', flags],
  ])('is private, versioned, encrypted and kept, and shares nothing with web pages, %s', (_title, context) => {
    const template = synthesize(() => ({}), context);
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        CorsConfiguration: Match.absent(),
        LoggingConfiguration: Match.absent(),
        ReplicationConfiguration: Match.absent(),
      },
    });
    template.resourceCountIs('AWS::SSM::Parameter', 2);
  });

  test('forgets deleted objects after a while, and their markers and broken uploads too', () => {
    expect(rulesOf(synthesize(() => ({ previousVersionRetention: Duration.days(5) })))).toEqual([
      expect.objectContaining({
        NoncurrentVersionExpiration: { NoncurrentDays: 5 },
        ExpiredObjectDeleteMarker: true,
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      }),
    ]);
  });

  test('that deletes objects does not name their markers in the same rule, which S3 refuses', () => {
    const [rule] = rulesOf(synthesize(() => ({ expiration: Duration.days(10) })));
    expect(rule).toMatchObject({ ExpirationInDays: 10 });
    expect(rule).not.toHaveProperty('ExpiredObjectDeleteMarker');
  });

  test('with a key asks KMS once for many objects, and publishes the key', () => {
    const template = synthesize((stack) => ({
      encryptionKey: new DataKey(stack, 'Key', { description: 'Files' }).key,
    }));
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
            },
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: contract.parameterName('encryptionKeyArn') });
  });

  test('lets pages of the given origins upload in parts', () => {
    const origins = ['https://app.example.com', 'https://*.example.org', 'http://localhost:3000'];
    synthesize(() => ({ corsOrigins: origins })).hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: {
        CorsRules: [
          Match.objectLike({
            AllowedOrigins: origins,
            AllowedMethods: ['GET', 'HEAD', 'POST', 'PUT'],
            ExposedHeaders: ['ETag'],
          }),
        ],
      },
    });
  });

  test('logs access below the given prefix, without an ACL on the log bucket', () => {
    const template = synthesize((stack) => ({
      accessLogs: { bucket: s3.Bucket.fromBucketName(stack, 'Logs', 'logs'), prefix: 's3/files' },
    }));
    template.hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 's3/files/' },
      AccessControl: Match.absent(),
    });
  });
});

describe('replication', () => {
  test('copies every new object, but no deletion, with a role that has no fixed name', () => {
    const template = synthesize((stack) => ({
      replicas: [{ bucket: s3.Bucket.fromBucketArn(stack, 'Replica', replica) }],
    }));
    template.hasResourceProperties('AWS::S3::Bucket', {
      ReplicationConfiguration: {
        Rules: [
          Match.objectLike({
            Status: 'Enabled',
            Priority: 1,
            Destination: { Bucket: replica },
            DeleteMarkerReplication: { Status: 'Disabled' },
          }),
        ],
      },
    });
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: Match.absent() });
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain(`${replica}/*`);
  });

  test('of a bucket with a key reads with that key and writes with the replica’s', () => {
    const replicaKey = 'arn:aws:kms:eu-west-1:123456789012:key/1';
    const template = synthesize((stack) => ({
      encryptionKey: new kms.Key(stack, 'Key'),
      replicas: [
        {
          bucket: s3.Bucket.fromBucketArn(stack, 'Replica', replica),
          encryptionKey: kms.Key.fromKeyArn(stack, 'ReplicaKey', replicaKey),
        },
      ],
    }));
    template.hasResourceProperties('AWS::S3::Bucket', {
      ReplicationConfiguration: {
        Rules: [
          Match.objectLike({
            SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
            Destination: { Bucket: replica, EncryptionConfiguration: { ReplicaKmsKeyID: replicaKey } },
          }),
        ],
      },
    });
    const policy = JSON.stringify(template.findResources('AWS::IAM::Policy'));
    expect(policy).toContain('kms:Decrypt');
    expect(policy).toContain(replicaKey);
  });
});

describe('an imported data bucket', () => {
  test('from SSM grants its key with it, where it has one', () => {
    const stack = new Stack(new App(), 'Stack');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    DataBucket.fromSsm(stack, 'Files', contract, { customerManagedKey: true }).bucket.grantRead(role);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']) })]) },
    });
  });

  test('from SSM reads its name alone where S3 manages the keys', () => {
    const stack = new Stack(new App(), 'Stack');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    DataBucket.fromSsm(stack, 'Files', contract).bucket.grantRead(role);
    const read = Template.fromStack(stack).findParameters('*', { Default: Match.stringLikeRegexp('^/v3-backend') });
    expect(Object.values(read).map((parameter) => parameter['Default'])).toEqual([
      contract.parameterName('bucketName'),
    ]);
  });

  test('from attributes is the given one', () => {
    const attrs = { bucketName: 'files', encryptionKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1' };
    const imported = DataBucket.fromDataBucketAttributes(new Stack(), 'Files', attrs);
    expect(imported.bucket.bucketName).toBe('files');
    expect(imported.encryptionKey!.keyId).toBe('1');
  });
});

describe('an invalid data bucket', () => {
  test('is refused with every problem at once', () => {
    const invalid = (stack: Stack): DataBucketProps => ({
      previousVersionRetention: Duration.days(0),
      expiration: Duration.days(5000),
      accessLogs: { bucket: s3.Bucket.fromBucketName(stack, 'Logs', 'logs'), prefix: '/s3' },
      corsOrigins: ['*', 'https://app.example.com/path', 'app.example.com'],
      encryptionKey: new kms.Key(stack, 'Key'),
      replicas: [{ bucket: s3.Bucket.fromBucketArn(stack, 'Replica', replica) }],
    });
    expect(() => synthesize(invalid)).toThrow(
      new RegExp(
        [
          'previousVersionRetention in days .*got 0',
          'expiration in days .*got 5000',
          'accessLogs\\.prefix .*got "/s3"',
          'corsOrigins .*got "\\*"',
          'corsOrigins .*got "https://app\\.example\\.com/path"',
          'corsOrigins .*got "app\\.example\\.com"',
          'replicas must each have an encryptionKey',
        ].join('[^]*'),
      ),
    );
  });
});
