import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WafStack } from './stack';

const environments = ['local', 'development', 'staging', 'production'];

test.each(environments)('%s has a web ACL that logs, and publishes it', (environment) => {
  const config = loadEnvironmentConfig(environment);
  const template = Template.fromStack(new WafStack(new App(), 'Waf', { config }));
  template.resourceCountIs('AWS::WAFv2::WebACL', 1);
  template.resourceCountIs('AWS::WAFv2::LoggingConfiguration', 1);
  for (const key of ['webAclArn', 'webAclName', 'webAclId', 'metricName', 'logGroupName']) {
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: `/v3-backend/${environment}/waf/${key}` });
  }
});

test('addresses and rate limit come from the configuration', () => {
  const config = loadEnvironmentConfig('local');
  const waf = { rateLimit: 500, blockedCidrs: ['192.0.2.0/24'], allowedCidrs: ['198.51.100.0/24'] };
  const template = Template.fromStack(new WafStack(new App(), 'Waf', { config: { ...config, waf } }));
  template.hasResourceProperties('AWS::WAFv2::IPSet', { Addresses: ['192.0.2.0/24'] });
  template.hasResourceProperties('AWS::WAFv2::IPSet', { Addresses: ['198.51.100.0/24'] });
  expect(JSON.stringify(template.toJSON())).toContain('"Limit":500');
});

test('who asks too often is told so, and when to come back', () => {
  const config = loadEnvironmentConfig('production');
  const template = Template.fromStack(new WafStack(new App(), 'Waf', { config })).toJSON();
  expect(JSON.stringify(template)).toContain('"ResponseCode":429');
});
