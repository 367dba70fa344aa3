import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { TaskRoles, type TaskRolesProps } from './index';

const names = { executionRoleName: 'shop-qa-task-execution-role', taskRoleName: 'shop-qa-task-role' };

interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

function newStack(): Stack {
  return new Stack(new App(), 'Shared', { env: { account: '111111111111', region: 'eu-west-1' } });
}

/** The statements of a role by their ids, prefixed with the policy's name. */
function statementsOf(stack: Stack, roleName: string): Record<string, Statement> {
  const roles = Template.fromStack(stack).findResources('AWS::IAM::Role', { Properties: { RoleName: roleName } });
  const [role] = Object.values(roles);
  const policies: { PolicyName: string; PolicyDocument: { Statement: Statement[] } }[] =
    role!.Properties.Policies ?? [];
  return Object.fromEntries(
    policies.flatMap(({ PolicyName, PolicyDocument }) =>
      PolicyDocument.Statement.map((statement) => [`${PolicyName}.${statement.Sid}`, statement] as const),
    ),
  );
}

function everything(stack: Stack): TaskRolesProps {
  const key = 'arn:aws:kms:eu-west-1:111111111111:key/1';
  const bucket = (id: string) => s3.Bucket.fromBucketName(stack, id, id.toLowerCase());
  const queue = (id: string) =>
    sqs.Queue.fromQueueAttributes(stack, id, { queueArn: `arn:aws:sqs:eu-west-1:111111111111:${id}`, keyArn: key });
  return {
    ...names,
    repositories: [ecr.Repository.fromRepositoryName(stack, 'Images', 'shop')],
    logGroups: [logs.LogGroup.fromLogGroupName(stack, 'Logs', 'shop-logs')],
    injectedSecrets: [
      secretsmanager.Secret.fromSecretNameV2(stack, 'ByName', 'shop/secret'),
      secretsmanager.Secret.fromSecretAttributes(stack, 'Complete', {
        secretCompleteArn: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:other-AbCdEf',
        encryptionKey: kms.Key.fromKeyArn(stack, 'SecretKey', key),
      }),
    ],
    applicationSecrets: [
      secretsmanager.Secret.fromSecretCompleteArn(
        stack,
        'Database',
        'arn:aws:secretsmanager:eu-west-1:111111111111:secret:db-AbCdEf',
      ),
    ],
    queues: [queue('Jobs'), queue('Mails')],
    buckets: [bucket('Assets')],
    backupBuckets: [bucket('Backups')],
    databaseUsers: [{ resourceId: 'db-ABC', username: 'app' }],
    allowExec: true,
    execEncryptionKey: kms.Key.fromKeyArn(stack, 'ExecKey', 'arn:aws:kms:eu-west-1:111111111111:key/exec'),
  };
}

describe('task roles', () => {
  test('have the given names and no permission that nobody asked for', () => {
    const stack = newStack();
    new TaskRoles(stack, 'Roles', names);
    for (const roleName of Object.values(names)) expect(statementsOf(stack, roleName)).toEqual({});
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('the task role is for tasks of this account and region only', () => {
    const stack = newStack();
    new TaskRoles(stack, 'Roles', names);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      RoleName: names.taskRoleName,
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'ecs-tasks.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': '111111111111' },
              ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', Match.arrayWith([':ecs:eu-west-1:111111111111:*'])] } },
            },
          }),
        ],
      },
    });
  });

  test('the execution role pulls images, writes logs and reads the injected secrets', () => {
    const stack = newStack();
    new TaskRoles(stack, 'Roles', everything(stack));
    const statements = statementsOf(stack, names.executionRoleName);
    expect(Object.keys(statements)).toEqual([
      'PullImages.LogInToRegistry',
      'PullImages.PullImages',
      'WriteLogs.WriteLogs',
      'ReadSecrets.ReadSecrets',
      'ReadSecrets.UseKeys',
    ]);
    expect(statements['PullImages.LogInToRegistry']!.Action).toBe('ecr:GetAuthorizationToken');
    expect(JSON.stringify(statements['PullImages.PullImages']!.Resource)).toContain('repository/shop');
    expect(JSON.stringify(statements['WriteLogs.WriteLogs']!.Resource)).toContain('log-group:shop-logs:*');
    const secrets = JSON.stringify(statements['ReadSecrets.ReadSecrets']!.Resource);
    expect(secrets).toContain('secret:shop/secret-??????');
    expect(secrets).toContain('secret:other-AbCdEf"');
    expect(statements['ReadSecrets.UseKeys']).toMatchObject({
      Action: 'kms:Decrypt',
      Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
    });
  });

  test('the task role uses queues with their key once, deletes in buckets but not in backups, and reads secrets', () => {
    const stack = newStack();
    new TaskRoles(stack, 'Roles', everything(stack));
    const statements = statementsOf(stack, names.taskRoleName);
    expect(Object.keys(statements)).toEqual([
      'UseQueues.UseQueues',
      'UseQueues.UseKeys',
      'UseBuckets.ListBuckets',
      'UseBuckets.ReadAndWriteObjects',
      'UseBuckets.DeleteObjects',
      'ReadSecrets.ReadSecrets',
      'ConnectToDatabases.ConnectToDatabases',
      'ExecSession.ExecSession',
      'ExecSession.FindLogGroups',
      'ExecSession.LogSession',
      'ExecSession.DecryptSession',
    ]);
    expect(statements['UseQueues.UseKeys']).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: 'arn:aws:kms:eu-west-1:111111111111:key/1',
    });
    const deletable = JSON.stringify(statements['UseBuckets.DeleteObjects']!.Resource);
    expect(deletable).toContain('assets/*');
    expect(deletable).not.toContain('backups');
  });

  test('the task role may log in as the named user of the database only', () => {
    const stack = newStack();
    new TaskRoles(stack, 'Roles', everything(stack));
    const { Action, Resource } = statementsOf(stack, names.taskRoleName)['ConnectToDatabases.ConnectToDatabases']!;
    expect(Action).toBe('rds-db:connect');
    expect(JSON.stringify(Resource)).toContain(':rds-db:eu-west-1:111111111111:dbuser:db-ABC/app"');
  });

  test('a shell session is opened by channels, logged where the containers log, and encrypted with its key', () => {
    const stack = newStack();
    new TaskRoles(stack, 'Roles', everything(stack));
    const statements = statementsOf(stack, names.taskRoleName);
    expect(statements['ExecSession.ExecSession']!.Action).toEqual([
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
    ]);
    expect(JSON.stringify(statements['ExecSession.FindLogGroups']!.Resource)).toContain(':111111111111:log-group:*');
    expect(statements['ExecSession.LogSession']!.Action).toEqual([
      'logs:CreateLogStream',
      'logs:DescribeLogStreams',
      'logs:PutLogEvents',
    ]);
    expect(JSON.stringify(statements['ExecSession.LogSession']!.Resource)).toContain('log-group:shop-logs:*');
    expect(statements['ExecSession.DecryptSession']).toMatchObject({
      Action: 'kms:Decrypt',
      Resource: 'arn:aws:kms:eu-west-1:111111111111:key/exec',
    });
  });

  test('without log groups and a key, a shell session needs its channels alone', () => {
    const stack = newStack();
    new TaskRoles(stack, 'Roles', { ...names, allowExec: true });
    expect(Object.keys(statementsOf(stack, names.taskRoleName))).toEqual(['ExecSession.ExecSession']);
  });

  test('the services may do to a queue what sending and receiving takes, and to a bucket what files take', () => {
    const stack = newStack();
    new TaskRoles(stack, 'Roles', everything(stack));
    const actions = Object.fromEntries(
      Object.entries(statementsOf(stack, names.taskRoleName)).map(([id, { Action }]) => [id, [Action].flat()]),
    );
    expect(actions['UseQueues.UseQueues']).toEqual([
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ]);
    expect(actions['UseBuckets.ListBuckets']).toEqual(['s3:GetBucketLocation', 's3:ListBucket']);
    expect(actions['UseBuckets.ReadAndWriteObjects']).toEqual([
      's3:AbortMultipartUpload',
      's3:GetObject',
      's3:PutObject',
    ]);
    expect(actions['UseBuckets.DeleteObjects']).toEqual(['s3:DeleteObject']);
    expect(actions['ReadSecrets.ReadSecrets']).toEqual([
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
    ]);
  });

  test('objects of a bucket with a key can be read and written, through S3 alone', () => {
    const stack = newStack();
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/files');
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Files', { bucketName: 'files', encryptionKey });
    new TaskRoles(stack, 'Roles', { ...names, backupBuckets: [bucket] });
    const statements = statementsOf(stack, names.taskRoleName);
    expect(statements['UseBuckets.UseKeys']).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: 'arn:aws:kms:eu-west-1:111111111111:key/files',
      Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
    });
    expect(statements).not.toHaveProperty('UseBuckets.DeleteObjects');
  });

  test('no statement has a wildcard in its action, and only actions that support no resource are for all', () => {
    const stack = newStack();
    new TaskRoles(stack, 'Roles', everything(stack));
    for (const roleName of Object.values(names)) {
      for (const { Sid, Action, Resource } of Object.values(statementsOf(stack, roleName))) {
        expect([Action].flat().join()).not.toContain('*');
        if (Resource === '*') expect(['LogInToRegistry', 'ExecSession']).toContain(Sid);
      }
    }
  });

  test('resources of another stack get no policy from here', () => {
    const app = new App();
    const data = new Stack(app, 'Data');
    const encryptionKey = new kms.Key(data, 'Key');
    const queue = new sqs.Queue(data, 'Queue', { encryptionMasterKey: encryptionKey });
    const secret = new secretsmanager.Secret(data, 'Secret', { encryptionKey });
    const keyPolicyBefore = JSON.stringify(data.resolve((encryptionKey.node.defaultChild as kms.CfnKey).keyPolicy));
    const shared = new Stack(app, 'Shared');
    new TaskRoles(shared, 'Roles', { ...names, queues: [queue], applicationSecrets: [secret] });
    Template.fromStack(shared);
    expect(JSON.stringify(data.resolve((encryptionKey.node.defaultChild as kms.CfnKey).keyPolicy))).toBe(
      keyPolicyBefore,
    );
    Template.fromStack(data).resourceCountIs('AWS::SQS::QueuePolicy', 0);
  });

  test('a key for sessions that nobody may open, and every user of a database, are refused', () => {
    const stack = newStack();
    const props = {
      ...names,
      execEncryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/exec'),
      databaseUsers: [{ resourceId: '*', username: '*' }],
    };
    expect(() => new TaskRoles(stack, 'Roles', props)).toThrow(
      /execEncryptionKey must be left out where allowExec is not true[^]*databaseUsers\.resourceId must be .*got "\*"\n.*databaseUsers\.username must be .*got "\*"/,
    );
  });

  test('invalid names are reported all at once', () => {
    expect(() => new TaskRoles(newStack(), 'Roles', { executionRoleName: 'a role', taskRoleName: 'a role' })).toThrow(
      /executionRoleName must be.*\n.*taskRoleName must be.*\n.*are both "a role"/,
    );
  });
});
