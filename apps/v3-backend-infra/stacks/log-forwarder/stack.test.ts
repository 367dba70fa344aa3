import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { LogForwarderStack } from './stack';

describe.each(['local', 'development', 'staging', 'production'])('in %s', (environment) => {
  const config = loadEnvironmentConfig(environment);
  const env = { account: config.account, region: config.region };
  const template = Template.fromStack(new LogForwarderStack(new App(), 'log-forwarder', { config, env }));

  test('the contract is complete', () => {
    const parameters = Object.values(template.findResources('AWS::SSM::Parameter'));
    expect(
      parameters
        .map(({ Properties }) => Properties.Name.replace(`/v3-backend/${environment}/log-forwarder/`, ''))
        .sort(),
    ).toEqual([
      'deadLetterQueueArn',
      'deadLetterQueueName',
      'deadLetterQueueUrl',
      'functionArn',
      'functionName',
      'logGroupName',
    ]);
  });

  test('the logs of all four services go to the configured Loki, labelled with the environment', () => {
    template.resourceCountIs('AWS::Logs::SubscriptionFilter', 4);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          LOKI_URL: config.logForwarder.lokiUrl,
          LABELS: JSON.stringify({ application: 'v3-backend', environment }),
        }),
      },
    });
  });
});
