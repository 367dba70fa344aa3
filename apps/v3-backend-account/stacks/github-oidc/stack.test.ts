import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GithubOidcStack } from './stack';

function templateOf(environment: string): Template {
  const config = loadEnvironmentConfig(environment);
  return Template.fromStack(new GithubOidcStack(new App(), 'Stack', { config }));
}

test('tokens of GitHub are accepted that were made for AWS STS, and no others', () => {
  templateOf('development').hasResourceProperties('AWS::IAM::OIDCProvider', {
    Url: 'https://token.actions.githubusercontent.com',
    ClientIdList: ['sts.amazonaws.com'],
  });
});

test('in a protected environment the provider outlives its stack: other environments may rely on it', () => {
  templateOf('production').hasResource('AWS::IAM::OIDCProvider', { DeletionPolicy: 'Retain' });
  templateOf('development').hasResource('AWS::IAM::OIDCProvider', { DeletionPolicy: 'Delete' });
});
