import { readFileSync } from 'node:fs';
import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Buckets, type BucketsProps, DataKey, LogBucket } from '../index';

const contract = new SsmContract({ environment: 'test', stack: 's3' });
const flags = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8')) as Record<
  string,
  unknown
>;

function templateOf(props?: BucketsProps, region?: string, context?: Record<string, unknown>): Template {
  const env = region ? { account: '123456789012', region } : undefined;
  const stack = new Stack(new App({ context }), 'Stack', { env });
  new Buckets(stack, 'Buckets', props).publish(contract);
  return Template.fromStack(stack);
}

interface Statement {
  Effect: string;
  Principal: { Service?: string; AWS?: unknown };
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

/** What the log bucket's policy allows, without the statements that refuse clear-text requests. */
function logDelivery(template: Template): Statement[] {
  const policies = Object.entries(template.findResources('AWS::S3::BucketPolicy'));
  const ofLogs = policies.filter(([id]) => id.startsWith('BucketsLogs'));
  expect(ofLogs).toHaveLength(1);
  const statements = ofLogs[0]![1].Properties.PolicyDocument.Statement as Statement[];
  return statements.filter((statement) => statement.Effect === 'Allow');
}

describe('buckets', () => {
  test.each([
    ['without feature flags', {}],
    ['with all recommended feature flags', flags],
  ])('are all private, encrypted, owned by the account and kept when the stack is deleted, %s', (_title, context) => {
    const template = templateOf(undefined, 'eu-west-1', context);
    template.resourceCountIs('AWS::S3::Bucket', 3);
    template.allResources('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        AccessControl: Match.absent(),
        BucketName: Match.absent(),
        BucketEncryption: Match.anyValue(),
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
  });

  test('refuse requests without TLS 1.2', () => {
    const template = templateOf();
    template.resourceCountIs('AWS::S3::BucketPolicy', 3);
    template.allResourcesProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({ Effect: 'Deny', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
        ]),
      },
    });
  });

  test('that hold data are versioned, and log to the log bucket', () => {
    templateOf().resourcePropertiesCountIs(
      'AWS::S3::Bucket',
      {
        VersioningConfiguration: { Status: 'Enabled' },
        LoggingConfiguration: { LogFilePrefix: Match.stringLikeRegexp('^s3/(assets|backups)/$') },
      },
      2,
    );
  });

  test('are emptied and deleted with the stack where nothing is protected', () => {
    const template = templateOf({ protect: false });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 3);
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
  });

  test('leave no log of being emptied behind: all of them share a log group that is deleted with the stack', () => {
    const template = templateOf({ protect: false });
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.resourceCountIs('AWS::Logs::LogGroup', 1);
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Delete' });
    template.hasResourceProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('S3AutoDeleteObjects.*LogGroup') } },
    });
  });

  test('have neither function nor log group where they are protected', () => {
    templateOf().resourceCountIs('AWS::Lambda::Function', 0);
    templateOf().resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('delete logs and backups after the configured times', () => {
    const template = templateOf({ logRetention: Duration.days(7), backupRetention: Duration.days(400) });
    const rules = (rule: object) => ({ LifecycleConfiguration: { Rules: [Match.objectLike(rule)] } });
    template.hasResourceProperties('AWS::S3::Bucket', rules({ ExpirationInDays: 7 }));
    template.hasResourceProperties(
      'AWS::S3::Bucket',
      rules({ ExpirationInDays: 400, Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }] }),
    );
  });

  test('move backups on to the archive class where they are told to', () => {
    templateOf({ archiveBackupsAfter: Duration.days(60) }).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          Match.objectLike({
            Transitions: [
              { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
              { StorageClass: 'GLACIER', TransitionInDays: 60 },
            ],
          }),
        ],
      },
    });
  });

  test('are all gone before the logs of their last requests are emptied, so that none arrives in between', () => {
    const template = templateOf({ protect: false });
    const data = Object.entries(template.findResources('AWS::S3::Bucket')).filter(([id]) => !/^BucketsLogs/.test(id));
    const [emptying] = Object.keys(template.findResources('Custom::S3AutoDeleteObjects')).filter((id) =>
      id.startsWith('BucketsLogs'),
    );
    expect(data).toHaveLength(2);
    for (const [, bucket] of data) expect(bucket.DependsOn).toContain(emptying);
  });

  test('with a key have assets and backups encrypted with it, and logs not, which load balancers could not write', () => {
    const stack = new Stack(new App(), 'Stack');
    const encryptionKey = new DataKey(stack, 'Key', { description: 'Data', protect: false }).key;
    new Buckets(stack, 'Buckets', { encryptionKey, protect: false }).publish(contract);
    const template = Template.fromStack(stack);
    const encryption = (SSEAlgorithm: string) => ({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          Match.objectLike({ ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm }) }),
        ],
      },
    });
    template.resourcePropertiesCountIs('AWS::S3::Bucket', encryption('aws:kms'), 2);
    template.resourcePropertiesCountIs('AWS::S3::Bucket', encryption('AES256'), 1);
    template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Delete',
      Properties: { PendingWindowInDays: 7, EnableKeyRotation: true },
    });
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: contract.parameterName('encryptionKeyArn') });
  });

  test('leave short-lived backups in the standard class, where they cost less', () => {
    templateOf({ backupRetention: Duration.days(59) }).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 59, Transitions: Match.absent() })] },
    });
  });

  test('report every invalid prop at once', () => {
    const invalid = { backupRetention: Duration.hours(1), previousVersionRetention: Duration.days(0) };
    expect(() => templateOf({ ...invalid, albLogPrefixes: ['/alb'] })).toThrow(
      /backupRetention in days .*got 0\.04[^]*previousVersionRetention in days .*got 0[^]*albLogPrefixes .*got "\/alb"/,
    );
    const archived = { archiveBackupsAfter: Duration.days(300), backupRetention: Duration.days(365) };
    expect(() => templateOf(archived)).toThrow(/archiveBackupsAfter must be 90 days or more before .*365.*got 300/);
    expect(() => templateOf({ archiveBackupsAfter: Duration.days(30) })).toThrow(/archiveBackupsAfter .*60 to 3653/);
    expect(() => templateOf({ logRetention: Duration.days(4000) })).toThrow(/retention in days .* to 3653, got 4000/);
  });
});

describe('the log bucket', () => {
  test('has one policy, by which load balancers, flow logs and S3 may deliver below their own prefixes', () => {
    const delivery = logDelivery(templateOf({}, 'eu-west-1'));
    const allowed = delivery.map(({ Principal, Resource }) => [
      [Principal.Service, Principal.AWS && 'account of AWS'].flat().filter(Boolean).join(' and '),
      JSON.stringify(Resource).match(/"\/([^"]*)"/)?.[1] ?? 'bucket',
    ]);
    expect(allowed).toEqual([
      ['logdelivery.elasticloadbalancing.amazonaws.com and account of AWS', 'alb/AWSLogs/123456789012/*'],
      ['delivery.logs.amazonaws.com', 'bucket'],
      ['delivery.logs.amazonaws.com', 'vpc-flow-logs/AWSLogs/123456789012/*'],
      ['logging.s3.amazonaws.com', 's3/*'],
    ]);
  });

  test('accepts flow logs with Hive-compatible partitions, which name the account in another way', () => {
    const [, flowLogs] = logDelivery(templateOf({}, 'eu-west-1')).filter(
      ({ Principal }) => Principal.Service === 'delivery.logs.amazonaws.com',
    );
    expect(JSON.stringify(flowLogs!.Resource)).toContain('vpc-flow-logs/AWSLogs/aws-account-id=123456789012/*');
  });

  test('accepts log deliveries of its own account only', () => {
    const services = ['delivery.logs.amazonaws.com', 'logging.s3.amazonaws.com'];
    const delivery = logDelivery(templateOf({}, 'eu-west-1')).filter((s) => services.includes(s.Principal.Service!));
    expect(delivery).toHaveLength(3);
    for (const { Condition } of delivery) {
      expect(Condition).toMatchObject({ StringEquals: { 'aws:SourceAccount': '123456789012' } });
    }
  });

  test.each([
    ['eu-west-1', 1],
    ['ap-southeast-4', 0],
    [undefined, 0],
  ])('in region %s names %p accounts of AWS that deliver', (region, count) => {
    const accounts = logDelivery(templateOf({}, region)).filter((statement) => statement.Principal.AWS !== undefined);
    expect(accounts).toHaveLength(count);
  });
});

describe('a log bucket by itself', () => {
  test('lets nobody deliver until it is told to, and keeps logs for 90 days', () => {
    const stack = new Stack(new App(), 'Stack');
    new LogBucket(stack, 'Logs');
    const template = Template.fromStack(stack);
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: { LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 90 })] } },
    });
    const [policy] = Object.values(template.findResources('AWS::S3::BucketPolicy'));
    const effects = policy!.Properties.PolicyDocument.Statement.map(({ Effect }: Statement) => Effect);
    expect(new Set(effects)).toEqual(new Set(['Deny']));
  });
});

test.each([
  ['load balancers', (logs: LogBucket) => logs.allowAlbLogs('/alb')],
  ['flow logs', (logs: LogBucket) => logs.allowFlowLogs('vpc/')],
  ['S3', (logs: LogBucket) => logs.allowS3AccessLogs('')],
])('a log bucket refuses a prefix below which %s would not be found', (_title, allow) => {
  expect(() => allow(new LogBucket(new Stack(), 'Logs'))).toThrow(/prefix must be a prefix without slashes/);
});

describe('imported buckets', () => {
  test('from SSM are granted on the identity side, and only what is used is read', () => {
    const stack = new Stack(new App(), 'Stack');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    Buckets.fromSsm(stack, 'Buckets', contract).assetsBucket.grantRead(role);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::S3::BucketPolicy', 0);
    const parameters = Object.values(template.findParameters('*', { Default: Match.stringLikeRegexp('^/v3-backend') }));
    expect(parameters).toEqual([expect.objectContaining({ Default: contract.parameterName('assetsBucketName') })]);
  });

  test('from SSM have the key that assets and backups are encrypted with, where there is one', () => {
    const stack = new Stack(new App(), 'Stack');
    const buckets = Buckets.fromSsm(stack, 'Buckets', contract, { customerManagedKey: true });
    expect(buckets.assetsBucket.encryptionKey).toBe(buckets.encryptionKey);
    expect(buckets.logsBucket.encryptionKey).toBeUndefined();
    expect(Buckets.fromSsm(stack, 'Unkeyed', contract).encryptionKey).toBeUndefined();
  });

  test('from attributes have the given names', () => {
    const attrs = { logsBucketName: 'logs', assetsBucketName: 'assets', backupsBucketName: 'backups' };
    const buckets = Buckets.fromBucketsAttributes(new Stack(), 'Buckets', attrs);
    expect([buckets.logsBucket, buckets.assetsBucket, buckets.backupsBucket].map((b) => b.bucketName)).toEqual([
      'logs',
      'assets',
      'backups',
    ]);
  });
});
