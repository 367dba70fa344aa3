import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { S3Stack } from './stack';

function templateOf(environment: string): Template {
  const config = loadEnvironmentConfig(environment);
  const env = { account: config.account, region: config.region };
  return Template.fromStack(new S3Stack(new App(), 'Stack', { config, env }));
}

test.each(['local', 'development', 'staging', 'production'])('in %s the stack publishes its whole contract', (name) => {
  const parameters = Object.values(templateOf(name).findResources('AWS::SSM::Parameter'));
  expect(parameters.map((parameter) => parameter.Properties.Name).sort()).toEqual(
    ['logsBucketName', 'logsBucketArn', 'assetsBucketName', 'assetsBucketArn', 'backupsBucketName', 'backupsBucketArn']
      .map((key) => `/v3-backend/${name}/s3/${key}`)
      .sort(),
  );
});

test('buckets are kept where data is protected, and emptied and deleted where it is not', () => {
  templateOf('production').allResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
  templateOf('development').resourceCountIs('Custom::S3AutoDeleteObjects', 3);
});
