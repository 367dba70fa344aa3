import { awsError, deployedApp, deployedStack, findingOf } from '../../testing/deployed';
import { bucketsAreEncrypted, bucketsArePrivate } from './buckets-are-private';
import { databasesAreAvailable } from './databases-are-available';
import { logGroupsExist } from './log-groups-exist';
import { queuesExist } from './queues-exist';
import { secretsExist } from './secrets-exist';

const app = deployedApp(
  deployedStack('data', {
    Bucket: { Type: 'AWS::S3::Bucket' },
    Database: { Type: 'AWS::RDS::DBInstance' },
    Logs: { Type: 'AWS::Logs::LogGroup', id: '/shop/api', Properties: { RetentionInDays: 30 } },
    Jobs: {
      Type: 'AWS::SQS::Queue',
      id: 'https://sqs.eu-west-1.amazonaws.com/123456789012/jobs',
      Properties: {
        KmsMasterKeyId: 'key',
        RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:123456789012:dead', maxReceiveCount: 5 },
      },
    },
    Secret: { Type: 'AWS::SecretsManager::Secret' },
  }),
);

test('buckets have to block all public access', async () => {
  const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
  const find = (answer: object) => findingOf(bucketsArePrivate, app, { GetPublicAccessBlock: () => answer });
  expect(await find({ PublicAccessBlockConfiguration: all })).toEqual([true, 'Bucket']);
  expect(await find({ PublicAccessBlockConfiguration: { ...all, BlockPublicPolicy: false } })).toEqual([
    false,
    'Bucket: BlockPublicPolicy is off',
  ]);
  for (const name of ['NoSuchBucket', 'NoSuchPublicAccessBlockConfiguration']) {
    expect(await find(awsError(name))).toEqual([false, 'Bucket does not exist, or blocks no public access']);
  }
});

test('buckets have to be encrypted', async () => {
  const find = (answer: object) => findingOf(bucketsAreEncrypted, app, { GetBucketEncryption: () => answer });
  const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }];
  expect(await find({ ServerSideEncryptionConfiguration: { Rules } })).toEqual([true, 'Bucket, aws:kms']);
  expect(await find(awsError('ServerSideEncryptionConfigurationNotFoundError'))).toEqual([
    false,
    'Bucket is not encrypted',
  ]);
});

test('databases have to be available', async () => {
  const find = (answer: object) => findingOf(databasesAreAvailable, app, { DescribeDBInstances: () => answer });
  const database = { DBInstanceStatus: 'available', Engine: 'postgres', EngineVersion: '17.2' };
  expect(await find({ DBInstances: [database] })).toEqual([true, 'available, postgres 17.2']);
  expect(await find({ DBInstances: [{ ...database, DBInstanceStatus: 'stopped' }] })).toEqual([
    false,
    'its status is stopped',
  ]);
  expect(await find(awsError('DBInstanceNotFoundFault'))).toEqual([false, 'it does not exist']);
});

test('log groups have to exist by their exact name, with their retention', async () => {
  const find = (...logGroups: readonly object[]) =>
    findingOf(logGroupsExist, app, { DescribeLogGroups: () => ({ logGroups }) });
  expect(await find({ logGroupName: '/shop/api', retentionInDays: 30 })).toEqual([true, '/shop/api, 30 days']);
  expect(await find({ logGroupName: '/shop/api' })).toEqual([false, '/shop/api keeps for ever instead of 30 days']);
  expect(await find({ logGroupName: '/shop/api-2', retentionInDays: 30 })).toEqual([false, '/shop/api does not exist']);
});

test('queues have to be encrypted, with their dead-letter queue', async () => {
  const find = (answer: object) => findingOf(queuesExist, app, { GetQueueAttributes: () => answer });
  const redrive = (name: string) =>
    JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:eu-west-1:123456789012:${name}` });
  expect(await find({ Attributes: { KmsMasterKeyId: 'key', RedrivePolicy: redrive('dead') } })).toEqual([
    true,
    'encrypted by a key of KMS, dead letters to dead',
  ]);
  expect((await find({ Attributes: { KmsMasterKeyId: 'key', RedrivePolicy: redrive('x') } }))[1]).toContain(
    'dead letters',
  );
  expect(await find({ Attributes: { KmsMasterKeyId: 'key' } })).toEqual([
    false,
    'its dead letters go to nowhere instead of arn:aws:sqs:eu-west-1:123456789012:dead',
  ]);
  expect(await find({ Attributes: { SqsManagedSseEnabled: 'true', RedrivePolicy: redrive('dead') } })).toEqual([
    false,
    'no key encrypts it',
  ]);
  expect(await find(awsError('QueueDoesNotExist'))).toEqual([false, 'it does not exist']);
});

test('secrets have to have a current version, and not to be about to go; their value is not read', async () => {
  const find = (answer: object) => findingOf(secretsExist, app, { DescribeSecret: () => answer });
  expect(await find({ Name: 'app', VersionIdsToStages: { v1: ['AWSCURRENT'] } })).toEqual([true, 'app, version v1']);
  expect(await find({ Name: 'app', VersionIdsToStages: { v1: ['AWSPREVIOUS'] } })).toEqual([false, 'it has no value']);
  expect((await find({ DeletedDate: new Date(0) }))[1]).toContain('deleted for good on 1970');
  expect(await find(awsError('ResourceNotFoundException'))).toEqual([false, 'it does not exist']);
});
