import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DatabaseIamUser } from './database-connection';

export function pullImages(repositories: IRepository[]): PolicyStatement[] {
  if (repositories.length === 0) return [];
  return [
    // A token is for the whole registry: this action supports no resource.
    new PolicyStatement({ sid: 'LogInToRegistry', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
    new PolicyStatement({
      sid: 'PullImages',
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: repositories.map(({ repositoryArn }) => repositoryArn),
    }),
  ];
}

export function writeLogs(logGroups: ILogGroup[]): PolicyStatement[] {
  if (logGroups.length === 0) return [];
  return [
    new PolicyStatement({
      sid: 'WriteLogs',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: logGroups.map(({ logGroupArn }) => logGroupArn),
    }),
  ];
}

export function readSecrets(scope: Construct, secrets: ISecret[]): PolicyStatement[] {
  if (secrets.length === 0) return [];
  return [
    new PolicyStatement({
      sid: 'ReadSecrets',
      actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
      // A secret known by name only has six random characters at the end of its ARN.
      resources: secrets.map(({ secretFullArn, secretArn }) => secretFullArn ?? `${secretArn}-??????`),
    }),
    ...useKeys(
      scope,
      'secretsmanager',
      ['kms:Decrypt'],
      secrets.map(({ encryptionKey }) => encryptionKey),
    ),
  ];
}

export function useQueues(scope: Construct, queues: IQueue[]): PolicyStatement[] {
  if (queues.length === 0) return [];
  return [
    new PolicyStatement({
      sid: 'UseQueues',
      actions: [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
        'sqs:SendMessage',
      ],
      resources: queues.map(({ queueArn }) => queueArn),
    }),
    ...useKeys(
      scope,
      'sqs',
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      queues.map((queue) => queue.encryptionMasterKey),
    ),
  ];
}

export function useBuckets(scope: Construct, buckets: IBucket[], backupBuckets: IBucket[]): PolicyStatement[] {
  const all = [...buckets, ...backupBuckets];
  if (all.length === 0) return [];
  const objects = (list: IBucket[]) => list.map((bucket) => bucket.arnForObjects('*'));
  const deletion = new PolicyStatement({
    sid: 'DeleteObjects',
    actions: ['s3:DeleteObject'],
    resources: objects(buckets),
  });
  return [
    new PolicyStatement({
      sid: 'ListBuckets',
      actions: ['s3:GetBucketLocation', 's3:ListBucket'],
      resources: all.map(({ bucketArn }) => bucketArn),
    }),
    new PolicyStatement({
      sid: 'ReadAndWriteObjects',
      actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
      resources: objects(all),
    }),
    ...(buckets.length > 0 ? [deletion] : []),
    ...useKeys(
      scope,
      's3',
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      all.map(({ encryptionKey }) => encryptionKey),
    ),
  ];
}

export function connectToDatabases(scope: Construct, users: DatabaseIamUser[]): PolicyStatement[] {
  if (users.length === 0) return [];
  return [
    new PolicyStatement({
      sid: 'ConnectToDatabases',
      actions: ['rds-db:connect'],
      resources: users.map(({ resourceId, username }) =>
        Stack.of(scope).formatArn({
          service: 'rds-db',
          resource: 'dbuser',
          resourceName: `${resourceId}/${username}`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ),
    }),
  ];
}

/** A session, and its log, which goes where the container's goes and is encrypted as the cluster says. */
export function execSession(scope: Construct, logGroups: ILogGroup[], encryptionKey?: IKey): PolicyStatement[] {
  const anyLogGroup = { service: 'logs', resource: 'log-group', resourceName: '*' };
  return [
    new PolicyStatement({
      sid: 'ExecSession',
      actions: [
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      // These actions support no resource: the channels are those of the task itself.
      resources: ['*'],
    }),
    ...(logGroups.length > 0
      ? [
          new PolicyStatement({
            sid: 'FindLogGroups',
            actions: ['logs:DescribeLogGroups'],
            // The action lists the groups of the account and region; it cannot be limited to one of them.
            resources: [Stack.of(scope).formatArn({ ...anyLogGroup, arnFormat: ArnFormat.COLON_RESOURCE_NAME })],
          }),
          new PolicyStatement({
            sid: 'LogSession',
            actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            resources: logGroups.map(({ logGroupArn }) => logGroupArn),
          }),
        ]
      : []),
    ...(encryptionKey
      ? [new PolicyStatement({ sid: 'DecryptSession', actions: ['kms:Decrypt'], resources: [encryptionKey.keyArn] })]
      : []),
  ];
}

/** The keys that encrypt a service's resources, usable through that service only. */
function useKeys(
  scope: Construct,
  service: 's3' | 'secretsmanager' | 'sqs',
  actions: string[],
  keys: (IKey | undefined)[],
): PolicyStatement[] {
  const stack = Stack.of(scope);
  // Imports of one key are different tokens for the same ARN.
  const arns = new Map(keys.flatMap((key) => (key ? [[JSON.stringify(stack.resolve(key.keyArn)), key.keyArn]] : [])));
  if (arns.size === 0) return [];
  return [
    new PolicyStatement({
      sid: 'UseKeys',
      actions,
      resources: [...arns.values()],
      conditions: { StringEquals: { 'kms:ViaService': `${service}.${stack.region}.amazonaws.com` } },
    }),
  ];
}
