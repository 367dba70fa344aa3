import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityStack } from './stack';

function templateOf(environment: string): Template {
  const config = loadEnvironmentConfig(environment);
  const env = { account: config.account, region: config.region };
  return Template.fromStack(new SecurityStack(new App(), 'Stack', { config, env }));
}

test.each(['local', 'development', 'staging', 'production'])('in %s the stack publishes its whole contract', (name) => {
  const parameters = Object.values(templateOf(name).findResources('AWS::SSM::Parameter'));
  expect(parameters.map((parameter) => parameter.Properties.Name).sort()).toEqual(
    ['albSecurityGroupId', 'ecsSecurityGroupId', 'databaseSecurityGroupId', 'vpcEndpointSecurityGroupId']
      .map((key) => `/v3-backend/${name}/security/${key}`)
      .sort(),
  );
});

test('there are interface endpoints for the services that the configuration names, and for no other', () => {
  const { interfaceEndpoints } = loadEnvironmentConfig('production').networking;
  templateOf('production').resourceCountIs('AWS::EC2::VPCEndpoint', interfaceEndpoints.length);
  templateOf('local').resourceCountIs('AWS::EC2::VPCEndpoint', 0);
});

test('without SSL nobody reaches port 443 of the load balancer', () => {
  const config = loadEnvironmentConfig('development');
  const loadBalancer = { ...config.loadBalancer, ssl: undefined };
  const ports = [config, { ...config, loadBalancer }].map((changed) => {
    const template = Template.fromStack(new SecurityStack(new App(), 'Stack', { config: changed }));
    const groups = Object.values(template.findResources('AWS::EC2::SecurityGroup'));
    return groups.flatMap(({ Properties: p }) =>
      (p.SecurityGroupIngress ?? []).map((rule: { FromPort: number }) => rule.FromPort),
    );
  });
  expect(ports).toEqual([[80, 443], [80]]);
});

test('whatever takes tags says to which environment and layer it belongs', () => {
  const tags = { application: 'v3-backend', environment: 'production', layer: 'networking' };
  const template = templateOf('production');
  template.allResourcesProperties('AWS::SSM::Parameter', { Tags: tags });
  for (const type of ['AWS::EC2::SecurityGroup', 'AWS::EC2::VPCEndpoint']) {
    template.allResourcesProperties(type, {
      Tags: Match.arrayWith(Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))),
    });
  }
});
