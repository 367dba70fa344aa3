import { type EnvironmentConfig, loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DeployRoleStack } from './stack';
import type { Github } from './trust';

const ENVIRONMENTS = ['local', 'development', 'staging', 'production'];
const IDS = { owner: 123456, repository: 456789 };

function templateOf(environment: string, changes: Partial<Github> = {}, context: object = {}): Template {
  const config: EnvironmentConfig = loadEnvironmentConfig(environment);
  const github = { ...config.github!, ...changes };
  const env = { account: config.account, region: config.region };
  return Template.fromStack(new DeployRoleStack(new App({ context }), 'Stack', { config, github, env }));
}

/** The properties of the one resource of a type whose name says what it is for. */
function only(template: Template, type: string, purpose: 'deploy' | 'read' = 'deploy') {
  const [properties, ...others] = Object.values(template.findResources(type))
    .map(({ Properties }) => Properties)
    .filter(({ RoleName, ManagedPolicyName }) => (RoleName ?? ManagedPolicyName).includes(`-github-${purpose}`));
  expect(others).toEqual([]);
  return properties!;
}

describe('the deploy role', () => {
  test.each(ENVIRONMENTS)('of %s can be taken in the GitHub environment of that name, and by nobody else', (name) => {
    const { account } = loadEnvironmentConfig(name);
    expect(only(templateOf(name), 'AWS::IAM::Role').AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': [`repo:v3-backend/v3-backend:environment:${name}`],
          },
        },
      },
    ]);
  });

  test('knows the repository by its ids, too, where they are given', () => {
    const { Statement } = only(templateOf('production', { ids: IDS }), 'AWS::IAM::Role').AssumeRolePolicyDocument;
    expect(Statement[0].Condition.StringEquals['token.actions.githubusercontent.com:sub']).toEqual([
      'repo:v3-backend/v3-backend:environment:production',
      'repo:v3-backend@123456/v3-backend@456789:environment:production',
    ]);
  });

  test('has sessions of two hours, and a name that workflows and doctor know', () => {
    templateOf('staging').hasResourceProperties('AWS::IAM::Role', {
      MaxSessionDuration: 7200,
      RoleName: 'v3-backend-staging-github-deploy-role',
    });
  });

  test('is limited to its permissions, whatever else is attached to it, unless another boundary is named', () => {
    const role = only(templateOf('development'), 'AWS::IAM::Role');
    expect(role.ManagedPolicyArns).toEqual([role.PermissionsBoundary]);
    expect(role.Policies).toBeUndefined();
    const boundary = JSON.stringify(
      only(templateOf('development', { permissionsBoundary: 'ci/limits' }), 'AWS::IAM::Role').PermissionsBoundary,
    );
    expect(boundary).toContain(':iam::111111111111:policy/ci/limits');
  });
});

describe('the permissions', () => {
  const statements = (template: Template) => only(template, 'AWS::IAM::ManagedPolicy').PolicyDocument.Statement;

  test('have the statement of the plan, word for word', () => {
    expect(statements(templateOf('production'))).toContainEqual({
      Sid: 'AllowPassingECSRoles',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: [
        'arn:aws:iam::333333333333:role/v3-backend-*-task-execution-role',
        'arn:aws:iam::333333333333:role/v3-backend-*-task-role',
      ],
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    });
  });

  test('have no wildcard but those of the plan, and for the tasks of the environment that verify runs', () => {
    const wild = statements(templateOf('production')).filter((statement: object) =>
      /[*?]/.test(JSON.stringify(statement)),
    );
    expect(wild.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
      'RunTasks',
      'FollowTasks',
      'ReadTaskDefinitions',
      'AllowPassingECSRoles',
    ]);
    expect(JSON.stringify(wild.map(({ Action }: { Action: unknown }) => Action))).not.toContain('*');
  });

  test('are for the bootstrap with the qualifier of the app', () => {
    const template = templateOf('production', {}, { '@aws-cdk/core:bootstrapQualifier': 'backend' });
    expect(statements(template)[0].Resource).toEqual(
      ['deploy', 'file-publishing', 'image-publishing', 'lookup'].map(
        (role) => `arn:aws:iam::333333333333:role/cdk-backend-${role}-role-333333333333-eu-central-1`,
      ),
    );
  });
});

describe('the role that looks', () => {
  test('can be taken in a GitHub environment of its own, by name and by ids', () => {
    const { Statement } = only(templateOf('staging', { ids: IDS }), 'AWS::IAM::Role', 'read').AssumeRolePolicyDocument;
    expect(Statement).toHaveLength(1);
    expect(Statement[0].Condition.StringEquals['token.actions.githubusercontent.com:sub']).toEqual([
      'repo:v3-backend/v3-backend:environment:staging-read',
      'repo:v3-backend@123456/v3-backend@456789:environment:staging-read',
    ]);
  });

  test('may take the lookup role and read the engine’s records, and nothing else', () => {
    const { account, region } = loadEnvironmentConfig('staging');
    const { Statement } = only(templateOf('staging'), 'AWS::IAM::ManagedPolicy', 'read').PolicyDocument;
    const record = `arn:aws:ssm:${region}:${account}:parameter/v3-backend/staging/deploy`;
    expect(Statement).toEqual([
      {
        Sid: 'AssumeLookupRole',
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: `arn:aws:iam::${account}:role/cdk-hnb659fds-lookup-role-${account}-${region}`,
      },
      {
        Sid: 'ReadRecords',
        Effect: 'Allow',
        Action: 'ssm:GetParameter',
        Resource: [`${record}/lock`, `${record}/base`, `${record}/carried-parameters`],
      },
    ]);
  });

  test('is limited to that, unless another boundary is named', () => {
    const role = only(templateOf('staging'), 'AWS::IAM::Role', 'read');
    expect(role.ManagedPolicyArns).toEqual([role.PermissionsBoundary]);
    const other = only(templateOf('staging', { permissionsBoundary: 'ci/limits' }), 'AWS::IAM::Role', 'read');
    expect(JSON.stringify(other.PermissionsBoundary)).toContain('policy/ci/limits');
  });
});
