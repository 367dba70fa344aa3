import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { Template } from 'aws-cdk-lib/assertions';
import { type Attempt, isAllowed, type Statement } from './policy';
import { accountApp, BACKEND_CDK_JSON } from './templates';

/** What the deploy engine calls, by whose credentials; `permissions.e2e.ts` holds it against what it does call. */
const CALLS = JSON.parse(
  readFileSync(join(__dirname, '../../../tools/nx-cdk/src/credentials/aws-calls.json'), 'utf8'),
) as Record<'process' | 'secrets' | 'lookup' | 'deploy' | 'file-publishing', string[]>;

const ENVIRONMENT = 'staging';
const { account: ACCOUNT, region: REGION } = loadEnvironmentConfig(ENVIRONMENT);
const STATE = BACKEND_CDK_JSON.nxCdk.state.replace('{environment}', ENVIRONMENT);

const role = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;
const bootstrapRole = (name: string) => role(`cdk-hnb659fds-${name}-role-${ACCOUNT}-${REGION}`);
const parameter = (name: string) => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter${name}`;
const ecs = (resource: string) => `arn:aws:ecs:${REGION}:${ACCOUNT}:${resource}`;
const inCluster = (name: string) => ({ 'ecs:cluster': ecs(`cluster/${name}`) });

const RECORDS = ['lock', 'lock/takeover', 'base', 'carried-parameters'].map((record) =>
  parameter(`${STATE}/${record}`),
);
const CLUSTER = 'v3-backend-staging-compute-BackendCluster6B691D9D-1a2b3c';
const onTask = [{ resource: ecs(`task/${CLUSTER}/0123456789abcdef`), context: inCluster(CLUSTER) }];
const toTasks = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };

/** What each action is about when the engine calls it with its own credentials. */
const ABOUT: Readonly<Record<string, readonly Omit<Attempt, 'action'>[]>> = {
  'ecs:DescribeTaskDefinition': [{ resource: '*' }],
  'ecs:DescribeTasks': onTask,
  'ecs:RunTask': [
    { resource: ecs('task-definition/v3-backend-staging-migration-task:7'), context: inCluster(CLUSTER) },
  ],
  'ecs:StopTask': onTask,
  'ssm:DeleteParameter': RECORDS.map((resource) => ({ resource })),
  'ssm:GetParameter': RECORDS.map((resource) => ({ resource })),
  'ssm:PutParameter': RECORDS.map((resource) => ({ resource })),
  'sts:AssumeRole': ['deploy', 'file-publishing', 'image-publishing', 'lookup'].map((name) => ({
    resource: bootstrapRole(name),
  })),
  // AWS answers it to everybody, whatever a policy says.
  'sts:GetCallerIdentity': [],
};

/** What nobody needs for a deploy. */
const OTHERS: readonly Attempt[] = [
  ...['CreateRole', 'AttachRolePolicy', 'PutRolePolicy', 'UpdateAssumeRolePolicy', 'CreateUser', 'GetRole'].map(
    (name) => ({ action: `iam:${name}`, resource: role('v3-backend-staging-task-role') }),
  ),
  { action: 'iam:CreatePolicyVersion', resource: `arn:aws:iam::${ACCOUNT}:policy/v3-backend-staging-github-deploy` },
  { action: 'iam:DeleteRolePermissionsBoundary', resource: role('v3-backend-staging-github-deploy-role') },
  { action: 'iam:PassRole', resource: role('v3-backend-staging-task-role') },
  {
    action: 'iam:PassRole',
    resource: role('v3-backend-staging-task-role'),
    context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
  },
  ...[
    role('Administrator'),
    role('v3-backend-staging-task-role', '999999999999'),
    role('v3-backend-staging-github-deploy-role'),
    bootstrapRole('cfn-exec'),
  ].map((resource) => ({ action: 'iam:PassRole', resource, context: toTasks })),
  ...[
    bootstrapRole('cfn-exec'),
    role('Administrator'),
    role('v3-backend-production-github-deploy-role'),
    role(`cdk-hnb659fds-deploy-role-${ACCOUNT}-us-east-1`),
    role(`cdk-other-deploy-role-${ACCOUNT}-${REGION}`),
    role(`cdk-hnb659fds-deploy-role-999999999999-${REGION}`, '999999999999'),
  ].map((resource) => ({ action: 'sts:AssumeRole', resource })),
  ...['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'].flatMap((action) =>
    [
      parameter('/v3-backend/production/deploy/lock'),
      parameter('/v3-backend/staging/app-shared/databaseUrlSecretArn'),
      parameter('/v3-backend/staging/deploy'),
      parameter('/cdk-bootstrap/hnb659fds/version'),
    ].map((resource) => ({ action, resource })),
  ),
  { action: 'ssm:GetParametersByPath', resource: parameter('/v3-backend/staging') },
  {
    action: 'secretsmanager:GetSecretValue',
    resource: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:v3-backend-staging-abcdef`,
  },
  { action: 'kms:Decrypt', resource: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1` },
  {
    action: 'ecs:RunTask',
    resource: ecs('task-definition/v3-backend-production-migration-task:7'),
    context: inCluster(CLUSTER),
  },
  {
    action: 'ecs:RunTask',
    resource: ecs('task-definition/v3-backend-staging-migration-task:7'),
    context: inCluster('v3-backend-production-compute-1'),
  },
  { action: 'ecs:RunTask', resource: ecs('task-definition/v3-backend-staging-migration-task:7') },
  { action: 'ecs:UpdateService', resource: ecs(`service/${CLUSTER}/api`), context: inCluster(CLUSTER) },
  { action: 'ecs:RegisterTaskDefinition', resource: '*' },
  { action: 'cloudformation:DeleteStack', resource: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/*` },
  { action: 's3:GetObject', resource: `arn:aws:s3:::cdk-hnb659fds-assets-${ACCOUNT}-${REGION}/key` },
];

/** What the deploy role is allowed. Its boundary is the same policy. */
const statements: readonly Statement[] = Object.values(
  Template.fromJSON(
    accountApp(ENVIRONMENT).synth().getStackByName(`v3-backend-account-${ENVIRONMENT}-deploy-role`).template as object,
  ).findResources('AWS::IAM::ManagedPolicy', {
    Properties: { ManagedPolicyName: `v3-backend-${ENVIRONMENT}-github-deploy` },
  }),
)[0]!['Properties'].PolicyDocument.Statement;

describe('the deploy role of an environment', () => {
  test('is known by what the engine calls with its own credentials, action by action', () => {
    expect(Object.keys(ABOUT)).toEqual(CALLS.process);
  });

  const calls = Object.entries(ABOUT).flatMap(([action, abouts]) => abouts.map((about) => ({ action, ...about })));
  test.each(calls)('may $action on $resource', (attempt) => expect(isAllowed(statements, attempt)).toBe(true));

  test.each(['task-role', 'task-execution-role'])('may pass the %s of each environment to ECS tasks', (name) => {
    for (const environment of ['development', 'staging', 'production']) {
      const resource = role(`v3-backend-${environment}-${name}`);
      expect(isAllowed(statements, { action: 'iam:PassRole', resource, context: toTasks })).toBe(true);
    }
  });

  test.each(OTHERS)('may not $action on $resource', (attempt) => expect(isAllowed(statements, attempt)).toBe(false));

  test('may not do itself what the roles of the bootstrap do for it, nor touch secrets, which a person exports', () => {
    const { process, ...byOthers } = CALLS;
    const others = Object.values(byOthers)
      .flat()
      .filter((action) => !process.includes(action));
    expect(others.filter((action) => isAllowed(statements, { action, resource: '*' }))).toEqual([]);
    expect(others.length).toBeGreaterThan(20);
  });
});
