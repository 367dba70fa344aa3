import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecretsStack } from './stack';

function templateOf(environment: string): Template {
  const config = loadEnvironmentConfig(environment);
  const env = { account: config.account, region: config.region };
  return Template.fromStack(new SecretsStack(new App(), 'Stack', { config, env }));
}

test.each(['local', 'development', 'staging', 'production'])('in %s the stack publishes its whole contract', (name) => {
  const parameters = Object.values(templateOf(name).findResources('AWS::SSM::Parameter'));
  expect(parameters.map((parameter) => parameter.Properties.Name).sort()).toEqual(
    ['applicationSecretArn', 'grafanaSecretArn'].map((key) => `/v3-backend/${name}/secrets/${key}`).sort(),
  );
});

test('secrets are kept where data is protected', () => {
  templateOf('production').allResources('AWS::SecretsManager::Secret', { DeletionPolicy: 'Retain' });
  templateOf('local').allResources('AWS::SecretsManager::Secret', { DeletionPolicy: 'Delete' });
});
