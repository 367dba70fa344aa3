import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { HostedZoneStack } from './stack';

const environments = ['local', 'development', 'staging', 'production'];

function synthesize(environment: string, ssl = true): Template {
  const config = loadEnvironmentConfig(environment);
  const loadBalancer = ssl ? config.loadBalancer : { ...config.loadBalancer, ssl: undefined };
  return Template.fromStack(new HostedZoneStack(new App(), 'Zone', { config: { ...config, loadBalancer } }));
}

test.each(environments)('%s has its zone, which stays with the stack’s end where data is protected', (environment) => {
  const { protect, loadBalancer } = loadEnvironmentConfig(environment);
  const template = synthesize(environment);
  template.hasResource('AWS::Route53::HostedZone', {
    Properties: { Name: `${loadBalancer.ssl?.hostedZoneName}.` },
    DeletionPolicy: protect ? 'Retain' : 'Delete',
  });
  for (const key of ['hostedZoneId', 'hostedZoneName', 'nameServers']) {
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: `/v3-backend/${environment}/hosted-zone/${key}` });
  }
});

test('there is none without SSL', () => {
  expect(() => synthesize('local', false)).toThrow('The local environment has no hosted zone');
});

test('a zone above, in another account, delegates to it where the configuration names one', () => {
  const config = loadEnvironmentConfig('staging');
  const parentZone = {
    zoneName: 'v3-backend.example.com',
    delegationRoleArn: 'arn:aws:iam::333333333333:role/dns-delegation',
  };
  const loadBalancer = { ...config.loadBalancer, ssl: { ...config.loadBalancer.ssl!, parentZone } };
  const stack = new HostedZoneStack(new App(), 'Zone', { config: { ...config, loadBalancer } });
  Template.fromStack(stack).hasResourceProperties('Custom::CrossAccountZoneDelegation', {
    AssumeRoleArn: parentZone.delegationRoleArn,
    ParentZoneName: parentZone.zoneName,
  });
});
