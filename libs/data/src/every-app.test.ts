import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { AppSecrets, Buckets, DataKey, PostgresDatabase, Queues, QueueSender } from './index';

const account = '123456789012';

/** Everything that the library offers, at once, but for what excludes each other. */
function everything(stack: Stack, protect: boolean): void {
  const { key: encryptionKey } = new DataKey(stack, 'Key', { description: 'All data', protect });
  const contract = (name: string) => new SsmContract({ environment: 'test', stack: name });
  const replicaKey = kms.Key.fromKeyArn(stack, 'ReplicaKey', `arn:aws:kms:eu-west-2:${account}:key/1`);
  new Buckets(stack, 'Buckets', {
    encryptionKey,
    archiveBackupsAfter: Duration.days(90),
    corsOrigins: ['https://app.example.com'],
    backupReplicas: [{ bucket: s3.Bucket.fromBucketName(stack, 'Replica', 'replica'), encryptionKey: replicaKey }],
    protect,
  }).publish(contract('s3'));
  new Queues(stack, 'Queues', {
    encryptionKey,
    backgroundJobs: { senders: [QueueSender.topics(), QueueSender.rules(), QueueSender.buckets()] },
    notifications: { fifo: true, contentBasedDeduplication: true, highThroughput: true },
    protect,
  }).publish(contract('sqs'));
  const rotationFunction = new lambda.Function(stack, 'Rotate', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
  });
  new AppSecrets(stack, 'Secrets', {
    encryptionKey,
    additional: { mail: { description: 'Mail relay', rotation: { rotationFunction } } },
    applicationRotation: { rotationFunction },
    protect,
  }).publish(contract('secrets'));
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    subnetConfiguration: [
      { name: 'public', subnetType: ec2.SubnetType.PUBLIC },
      { name: 'private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      { name: 'database', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    ],
  });
  new PostgresDatabase(stack, 'Database', {
    vpc,
    securityGroup: new ec2.SecurityGroup(stack, 'Group', { vpc }),
    encryptionKey,
    minorVersion: 9,
    allocatedStorage: 400,
    iops: 12000,
    storageThroughput: 1000,
    backupWindow: '02:00-02:30',
    maintenanceWindow: 'sun:03:00-sun:03:30',
    advancedInsights: true,
    enhancedMonitoringInterval: Duration.seconds(60),
    logRetention: logs.RetentionDays.ONE_MONTH,
    caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
    extendedSupport: false,
    proxy: {},
    rotation: {},
    protect,
  }).publish(contract('database'));
}

describe.each([
  ['without feature flags', undefined],
  ['with all recommended feature flags', flags],
])('everything at once, %s', (_flags, context) => {
  test.each([
    ['in a known account and region', { account, region: 'eu-west-1' }, true],
    ['in any account and region', undefined, false],
  ])('becomes a template in which no value was lost, %s', (_env, env, protect) => {
    const stack = new Stack(new App({ context }), 'Stack', { env });
    everything(stack, protect);
    const template = Template.fromStack(stack).toJSON();
    expect(JSON.stringify(template).match(/undefined|\[object Object\]|NaN/)).toBeNull();
  });

  test('has no statement that allows every action of a kind on everything', () => {
    const stack = new Stack(new App({ context }), 'Stack');
    everything(stack, false);
    const resources = Object.values(Template.fromStack(stack).toJSON().Resources) as Resource[];
    const statements = resources.flatMap(({ Type, Properties }) => {
      if (Type === 'AWS::IAM::Policy') return Properties.PolicyDocument.Statement;
      const inline = Type === 'AWS::IAM::Role' ? (Properties.Policies ?? []) : [];
      return inline.flatMap(({ PolicyDocument }: { PolicyDocument: Document }) => PolicyDocument.Statement);
    });
    expect(statements.length).toBeGreaterThan(0);
    for (const { Effect, Action, Resource } of statements) {
      const wild = [Action].flat().some((action) => action.includes('*')) && [Resource].flat().includes('*');
      expect([Effect, Action, wild]).toEqual([Effect, Action, false]);
    }
  });
});

interface Document {
  readonly Statement: { readonly Effect: string; readonly Action: string | string[]; readonly Resource: unknown }[];
}

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly PolicyDocument: Document;
    readonly Policies?: { readonly PolicyDocument: Document }[];
  };
}
