import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DatabaseStack } from './stack';

function templateOf(environment: string): Template {
  const config = loadEnvironmentConfig(environment);
  const env = { account: config.account, region: config.region };
  return Template.fromStack(new DatabaseStack(new App(), 'Stack', { config, env }));
}

test.each(['local', 'development', 'staging', 'production'])('in %s the stack publishes its whole contract', (name) => {
  const parameters = Object.values(templateOf(name).findResources('AWS::SSM::Parameter'));
  expect(parameters.map((parameter) => parameter.Properties.Name).sort()).toEqual(
    [
      'instanceIdentifier',
      'resourceId',
      'endpointAddress',
      'clientEndpointAddress',
      'endpointPort',
      'databaseName',
      'credentialsSecretArn',
    ]
      .map((key) => `/v3-backend/${name}/database/${key}`)
      .sort(),
  );
});

test('the database is as large as configured, and protected in production only', () => {
  const { instanceType } = loadEnvironmentConfig('production').database;
  templateOf('production').hasResource('AWS::RDS::DBInstance', {
    DeletionPolicy: 'Snapshot',
    Properties: { DBInstanceClass: `db.${instanceType}`, DeletionProtection: true, MultiAZ: true },
  });
  templateOf('local').hasResource('AWS::RDS::DBInstance', { Properties: { DeletionProtection: false } });
});

test('of the stacks before it, it reads the isolated subnets and its security group, and nothing else', () => {
  const read = Object.values(templateOf('local').findParameters('*')).map((parameter) => parameter['Default']);
  expect(read.filter((path: string) => path.startsWith('/v3-backend')).sort()).toEqual([
    '/v3-backend/local/networking/isolatedSubnetIds',
    '/v3-backend/local/security/databaseSecurityGroupId',
  ]);
});

test('the password is rotated where the configuration says so, which production’s does', () => {
  templateOf('production').resourceCountIs('AWS::SecretsManager::RotationSchedule', 1);
  templateOf('staging').resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
});
