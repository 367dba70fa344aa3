import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CertificateStack } from './stack';

const environments = ['local', 'development', 'staging', 'production'];

function synthesize(environment: string, ssl = true): Template {
  const config = loadEnvironmentConfig(environment);
  const loadBalancer = ssl ? config.loadBalancer : { ...config.loadBalancer, ssl: undefined };
  return Template.fromStack(new CertificateStack(new App(), 'Certificate', { config: { ...config, loadBalancer } }));
}

test.each(environments)(
  '%s has a certificate, validated in the zone that the hosted-zone stack published',
  (environment) => {
    const template = synthesize(environment);
    const DomainName = loadEnvironmentConfig(environment).loadBalancer.ssl?.domainName;
    template.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName,
      DomainValidationOptions: [
        { DomainName, HostedZoneId: { Ref: Match.stringLikeRegexp('hostedzonehostedZoneId') } },
      ],
    });
    for (const key of ['certificateArn', 'domainName']) {
      template.hasResourceProperties('AWS::SSM::Parameter', { Name: `/v3-backend/${environment}/certificate/${key}` });
    }
  },
);

test('there is none without SSL', () => {
  expect(() => synthesize('local', false)).toThrow('The local environment has no certificate');
});
