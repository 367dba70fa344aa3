import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { MonitoringStack } from './stack';

describe.each(['local', 'development', 'staging', 'production'])('in %s', (environment) => {
  const config = loadEnvironmentConfig(environment);
  const env = { account: config.account, region: config.region };
  const template = Template.fromStack(new MonitoringStack(new App(), 'monitoring', { config, env }));

  test('the contract is complete', () => {
    const parameters = Object.values(template.findResources('AWS::SSM::Parameter'));
    expect(
      parameters.map(({ Properties }) => Properties.Name.replace(`/v3-backend/${environment}/monitoring/`, '')).sort(),
    ).toEqual([
      'criticalAlarmArn',
      'criticalAlarmName',
      'criticalTopicArn',
      'dashboardName',
      'encryptionKeyArn',
      'warningTopicArn',
    ]);
  });

  test('another image or task definition does not ship it: it reads none that changes with them', () => {
    const read = Object.values(template.findParameters('*')).map(({ Default }) => String(Default));
    expect(read.filter((name) => name.includes('/compute/')).sort()).toEqual(
      ['apiServiceName', 'clusterName', 'schedulerServiceName', 'workerServiceName'].map(
        (key) => `/v3-backend/${environment}/compute/${key}`,
      ),
    );
  });

  test('a deployment that fails and is rolled back is told of at once', () =>
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ detail: Match.objectLike({ eventName: ['SERVICE_DEPLOYMENT_FAILED'] }) }),
    }));

  test('each configured address gets critical alarms and warnings', () =>
    template.resourceCountIs('AWS::SNS::Subscription', 2 * config.monitoring.alarmEmails.length));
});
