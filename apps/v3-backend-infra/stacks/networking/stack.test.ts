import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
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
