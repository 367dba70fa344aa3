import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AppSharedStack } from './stack';

const environments = ['local', 'development', 'staging', 'production'];

function synthesize(environment: string): Template {
  const config = loadEnvironmentConfig(environment);
  const env = { account: config.account, region: config.region };
  return Template.fromStack(new AppSharedStack(new App(), 'AppShared', { config, env }));
}

describe.each(environments)('%s', (environment) => {
  test('has the roles that the deploying role’s PassRole statement names, complete with their permissions', () => {
    const template = synthesize(environment);
    for (const role of ['task-role', 'task-execution-role']) {
      template.hasResourceProperties('AWS::IAM::Role', { RoleName: `v3-backend-${environment}-${role}` });
    }
    // The roles' policies are inline; only the function that follows rotations has one of its own.
    const attached = Object.keys(template.findResources('AWS::IAM::Policy'));
    expect(attached.filter((name) => !name.startsWith('AppSharedDatabaseUrl'))).toEqual([]);
  });

  test('services may use the queues’ key, once', () => {
    synthesize(environment).hasResourceProperties('AWS::IAM::Role', {
      Policies: Match.arrayWith([
        {
          PolicyName: 'UseQueues',
          PolicyDocument: Match.objectLike({
            Statement: Match.arrayWith([
              Match.objectLike({ Sid: 'UseKeys', Resource: { Ref: Match.stringLikeRegexp('sqsencryptionKeyArn') } }),
            ]),
          }),
        },
      ]),
    });
  });

  test('publishes the plan’s keys', () => {
    const template = synthesize(environment);
    for (const key of ['taskExecutionRoleArn', 'taskRoleName', 'apiLogGroupName', 'migrationLogGroupArn']) {
      template.hasResourceProperties('AWS::SSM::Parameter', { Name: `/v3-backend/${environment}/app-shared/${key}` });
    }
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: `/v3-backend/${environment}/app-shared/databaseUrlSecretArn`,
      Value: { Ref: Match.stringLikeRegexp('DatabaseUrl') },
    });
  });

  test('its log groups have a key of their own where data is protected', () => {
    const { protect } = loadEnvironmentConfig(environment);
    synthesize(environment).resourceCountIs('AWS::KMS::Key', protect ? 1 : 0);
  });
});
