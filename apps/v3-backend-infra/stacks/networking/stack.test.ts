import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { NetworkingStack } from './stack';

function templateOf(environment: string): Template {
  const config = loadEnvironmentConfig(environment);
  const env = { account: config.account, region: config.region };
  return Template.fromStack(new NetworkingStack(new App(), 'Stack', { config, env }));
}

test.each(['local', 'development', 'staging', 'production'])('in %s the stack publishes its whole contract', (name) => {
  const parameters = Object.values(templateOf(name).findResources('AWS::SSM::Parameter'));
  expect(parameters.map((parameter) => parameter.Properties.Name).sort()).toEqual(
    [
      'vpcId',
      'vpcCidrBlock',
      'availabilityZones',
      'publicSubnetIds',
      'privateSubnetIds',
      'isolatedSubnetIds',
      'publicRouteTableIds',
      'privateRouteTableIds',
      'isolatedRouteTableIds',
      'flowLogGroupName',
    ]
      .map((key) => `/v3-backend/${name}/networking/${key}`)
      .sort(),
  );
});

test('production has a NAT gateway in each of its zones, development one for all', () => {
  templateOf('production').resourceCountIs(
    'AWS::EC2::NatGateway',
    loadEnvironmentConfig('production').availabilityZones.length,
  );
  templateOf('development').resourceCountIs('AWS::EC2::NatGateway', 1);
});

test('whatever takes tags says to which environment and layer it belongs', () => {
  const tags = Match.arrayWith([
    { Key: 'application', Value: 'v3-backend' },
    { Key: 'environment', Value: 'staging' },
    { Key: 'layer', Value: 'networking' },
  ]);
  const template = templateOf('staging');
  for (const type of ['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::NatGateway', 'AWS::Logs::LogGroup']) {
    template.allResourcesProperties(type, { Tags: tags });
  }
});
