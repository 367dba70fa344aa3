import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SqsStack } from './stack';

function templateOf(environment: string): Template {
  const config = loadEnvironmentConfig(environment);
  const env = { account: config.account, region: config.region };
  return Template.fromStack(new SqsStack(new App(), 'Stack', { config, env }));
}

test.each(['local', 'development', 'staging', 'production'])('in %s the stack publishes its whole contract', (name) => {
  const parameters = Object.values(templateOf(name).findResources('AWS::SSM::Parameter'));
  expect(parameters.map((parameter) => parameter.Properties.Name).sort()).toEqual(
    [
      'backgroundJobQueueUrl',
      'backgroundJobQueueArn',
      'backgroundJobQueueName',
      'backgroundJobDeadLetterQueueUrl',
      'backgroundJobDeadLetterQueueArn',
      'backgroundJobDeadLetterQueueName',
      'dataRefreshQueueUrl',
      'dataRefreshQueueArn',
      'dataRefreshQueueName',
      'dataRefreshDeadLetterQueueUrl',
      'dataRefreshDeadLetterQueueArn',
      'dataRefreshDeadLetterQueueName',
      'notificationQueueUrl',
      'notificationQueueArn',
      'notificationQueueName',
      'notificationDeadLetterQueueUrl',
      'notificationDeadLetterQueueArn',
      'notificationDeadLetterQueueName',
      'encryptionKeyArn',
    ]
      .map((key) => `/v3-backend/${name}/sqs/${key}`)
      .sort(),
  );
});

test('a message stays invisible 6 times as long as the configuration lets a job take', () => {
  const { maxJobSeconds } = loadEnvironmentConfig('production').queues;
  templateOf('production').resourcePropertiesCountIs('AWS::SQS::Queue', { VisibilityTimeout: 6 * maxJobSeconds }, 3);
});
