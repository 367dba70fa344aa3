import { SsmContract } from '@v3-backend/core';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { AppShared, type AppSharedProps, DatabaseSslMode } from './index';

const contract = new SsmContract({ environment: 'staging', stack: 'app-shared' });
const database = new SsmContract({ environment: 'staging', stack: 'database' });

function newStack(context?: Record<string, unknown>): Stack {
  return new Stack(new App({ context }), 'Shared', { env: { account: '111111111111', region: 'eu-west-1' } });
}

function required(stack: Stack): AppSharedProps {
  const queue = (id: string) => sqs.Queue.fromQueueArn(stack, id, `arn:aws:sqs:eu-west-1:111111111111:${id}`);
  const secret = (id: string, arn: string) => secretsmanager.Secret.fromSecretCompleteArn(stack, id, arn);
  return {
    environmentName: 'staging',
    taskExecutionRoleName: 'shop-staging-task-execution-role',
    taskRoleName: 'shop-staging-task-role',
    queues: {
      backgroundJobQueue: queue('jobs'),
      dataRefreshQueue: queue('refreshes'),
      notificationQueue: queue('mails'),
    },
    assetsBucket: s3.Bucket.fromBucketName(stack, 'Assets', 'assets'),
    backupsBucket: s3.Bucket.fromBucketName(stack, 'Backups', 'backups'),
    database: {
      host: database.read(stack, 'endpointAddress'),
      port: database.read(stack, 'endpointPort'),
      databaseName: database.read(stack, 'databaseName'),
      credentialsSecret: secret('Credentials', database.read(stack, 'credentialsSecretArn')),
    },
    applicationSecret: secret('App', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:app-AbCdEf'),
  };
}

function synthesize(props: Partial<AppSharedProps> = {}, context?: Record<string, unknown>): Template {
  const stack = newStack(context);
  new AppShared(stack, 'AppShared', { ...required(stack), ...props }).publish(contract);
  return Template.fromStack(stack);
}

function published(template: Template): Record<string, unknown> {
  const parameters = Object.values(template.findResources('AWS::SSM::Parameter'));
  return Object.fromEntries(parameters.map(({ Properties }) => [Properties.Name.split('/').pop(), Properties.Value]));
}

describe('DATABASE_URL', () => {
  test('is nowhere but in that secret: the contract has its ARN', () => {
    const template = synthesize();
    expect(published(template)['databaseUrlSecretArn']).toEqual({ Ref: expect.stringContaining('DatabaseUrl') });
    const resources = Object.values(template.toJSON().Resources).filter(
      (resource) => (resource as { Type: string }).Type !== 'AWS::SecretsManager::Secret',
    );
    expect(JSON.stringify(resources)).not.toContain('resolve:secretsmanager');
  });
});

describe('the database', () => {
  test('is verified, where the URL says so, by what the environment says too', () => {
    const stack = newStack();
    const props = required(stack);
    const verified = { ...props.database, sslMode: DatabaseSslMode.VERIFY_FULL };
    new AppShared(stack, 'AppShared', { ...props, database: verified }).publish(contract);
    const template = Template.fromStack(stack);
    expect(published(template)['environmentDatabaseSslMode']).toBe('verify-full');
    expect(JSON.stringify(template.findResources('AWS::SecretsManager::Secret'))).toContain('?sslmode=verify-full');
  });

  test('of which the credentials are rotated has its URL written anew', () => {
    synthesize({ followRotation: true }).resourceCountIs('AWS::Lambda::Function', 1);
    synthesize().resourceCountIs('AWS::Lambda::Function', 0);
  });
});

describe('permissions', () => {
  test('to log in to the database with a token, and to open a shell, are given where they are asked for', () => {
    const template = synthesize({ databaseIamUser: { resourceId: 'db-ABC', username: 'app' }, allowExec: true });
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'shop-staging-task-role',
      Policies: Match.arrayWith([
        Match.objectLike({ PolicyName: 'ConnectToDatabases' }),
        Match.objectLike({ PolicyName: 'ExecSession' }),
      ]),
    });
  });

  test('to read further secrets for containers are the execution role’s', () => {
    const stack = newStack();
    const arn = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:mail-AbCdEf';
    const additionalSecrets = [secretsmanager.Secret.fromSecretCompleteArn(stack, 'Mail', arn)];
    new AppShared(stack, 'AppShared', { ...required(stack), additionalSecrets });
    const reads = (RoleName: string) =>
      JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Role', { Properties: { RoleName } }));
    expect(reads('shop-staging-task-execution-role')).toContain(arn);
    expect(reads('shop-staging-task-role')).not.toContain(arn);
  });

  test.each([
    ['without feature flags', undefined],
    ['with the recommended feature flags', recommendedFlags],
  ])(
    'services can log, connect and use their queues and buckets; nothing is granted elsewhere, %s',
    (_title, context) => {
      const template = synthesize({}, context);
      template.resourceCountIs('AWS::IAM::Policy', 0);
      const role = (name: string, ...policies: string[]) =>
        template.hasResourceProperties('AWS::IAM::Role', {
          RoleName: name,
          Policies: policies.map((PolicyName) => Match.objectLike({ PolicyName })),
        });
      role('shop-staging-task-execution-role', 'WriteLogs', 'ReadSecrets');
      role('shop-staging-task-role', 'UseQueues', 'UseBuckets', 'ReadSecrets');
    },
  );

  test('the execution role may read DATABASE_URL and the application’s secret, which immutable imports cannot grant', () => {
    const [role] = Object.values(
      synthesize().findResources('AWS::IAM::Role', { Properties: { RoleName: 'shop-staging-task-execution-role' } }),
    );
    const { PolicyDocument } = role!.Properties.Policies.find(
      ({ PolicyName }: { PolicyName: string }) => PolicyName === 'ReadSecrets',
    );
    const resources = JSON.stringify(PolicyDocument.Statement[0].Resource);
    expect(resources).toMatch(/DatabaseUrl/);
    expect(resources).toContain('secret:app-AbCdEf');
  });

  test('a consumer cannot change the roles, with direct references as little as with imports', () => {
    const stack = newStack();
    const shared = new AppShared(stack, 'AppShared', required(stack));
    s3.Bucket.fromBucketName(stack, 'Other', 'other').grantRead(shared.taskRole);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });
});

describe('contract', () => {
  test('has the plan’s keys and one key for each common variable, the same ones always', () => {
    const roles = ['taskExecutionRole', 'taskRole'].flatMap((role) => [`${role}Arn`, `${role}Name`]);
    const groups = ['api', 'worker', 'scheduler', 'migration'].flatMap((s) => [`${s}LogGroupArn`, `${s}LogGroupName`]);
    const variables = [
      'environmentAppEnv',
      'environmentAssetsBucketName',
      'environmentAwsRegion',
      'environmentBackgroundJobQueueUrl',
      'environmentBackupsBucketName',
      'environmentDataRefreshQueueUrl',
      'environmentDatabaseHost',
      'environmentDatabaseName',
      'environmentDatabasePort',
      'environmentDatabaseSslMode',
      'environmentNodeEnv',
      'environmentNotificationQueueUrl',
    ];
    const secrets = ['databaseUrlSecretArn', 'applicationSecretArn'];
    expect(Object.keys(published(synthesize())).sort()).toEqual([...roles, ...groups, ...variables, ...secrets].sort());
  });

  test('log group ARNs end with the name, so that an import by ARN is right', () => {
    expect(JSON.stringify(published(synthesize())['apiLogGroupArn'])).not.toContain(':*');
  });

  test('another stack gets the same variables, and reads only what it uses', () => {
    const producer = newStack();
    const shared = new AppShared(producer, 'AppShared', required(producer));
    const reader = newStack();
    const imported = AppShared.fromSsm(reader, 'AppShared', contract);
    expect(Object.keys(imported.environment)).toEqual(Object.keys(shared.environment));
    expect(reader.resolve(imported.environment['DATABASE_HOST'])).toEqual({
      Ref: expect.stringContaining('environmentDatabaseHost'),
    });

    const logReader = newStack();
    const { apiLogGroup } = AppShared.fromSsm(logReader, 'AppShared', contract);
    new CfnOutput(logReader, 'LogGroup', { value: apiLogGroup.logGroupName });
    const parameters = Object.keys(Template.fromStack(logReader).findParameters('*'));
    expect(parameters.filter((id) => id.startsWith('SsmParameterValue'))).toEqual([
      expect.stringContaining('apiLogGroupName'),
    ]);
  });

  test('a stack that refers to it directly depends on its stack alone, not on those whose values it passes on', () => {
    const app = new App();
    const data = new Stack(app, 'Data');
    const assetsBucket = new s3.Bucket(data, 'Assets');
    const applicationSecret = new secretsmanager.Secret(data, 'Secret');
    const producer = new Stack(app, 'Shared');
    const shared = new AppShared(producer, 'AppShared', { ...required(producer), assetsBucket, applicationSecret });
    shared.publish(contract);
    const consumer = new Stack(app, 'Consumer');
    new secretsmanager.CfnSecretTargetAttachment(consumer, 'User', {
      secretId: shared.applicationSecret.secretArn,
      targetId: shared.environment['ASSETS_BUCKET_NAME']!,
      targetType: 'AWS::RDS::DBInstance',
    });
    app.synth();
    expect(consumer.dependencies).toEqual([producer]);
    expect(producer.dependencies).toEqual([data]);
    expect(shared.environment['NODE_ENV']).toBe('production');
  });

  test('imported roles are known by name and take no policies', () => {
    const stack = newStack();
    const attrs = {
      taskExecutionRoleName: 'execution',
      taskRoleName: 'task',
      apiLogGroupName: 'api',
      workerLogGroupName: 'worker',
      schedulerLogGroupName: 'scheduler',
      migrationLogGroupName: 'migration',
      databaseUrlSecretArn: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:url-AbCdEf',
      applicationSecretArn: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:app-AbCdEf',
      environment: { APP_ENV: 'staging' },
    };
    const imported = AppShared.fromAppSharedAttributes(stack, 'AppShared', attrs);
    imported.databaseUrlSecret.grantRead(imported.taskExecutionRole);
    imported.applicationSecret.grantRead(imported.taskRole);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
    expect(imported.taskExecutionRole.roleName).toBe('execution');
    expect(imported.taskRole).toBe(imported.taskRole);
    expect(imported.environment).toEqual({ APP_ENV: 'staging' });
    const groups = [
      imported.apiLogGroup,
      imported.workerLogGroup,
      imported.schedulerLogGroup,
      imported.migrationLogGroup,
    ];
    expect(groups.map(({ logGroupName }) => logGroupName)).toEqual(['api', 'worker', 'scheduler', 'migration']);
    expect(imported.databaseUrlSecret.secretFullArn).toBe(attrs.databaseUrlSecretArn);
  });
});
