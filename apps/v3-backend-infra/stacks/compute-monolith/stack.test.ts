import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ComputeMonolithStack } from './stack';

function synthesize(environment: string, ssl = true): Template {
  const config = loadEnvironmentConfig(environment);
  const loadBalancer = ssl ? config.loadBalancer : { ...config.loadBalancer, ssl: undefined };
  const env = { account: config.account, region: config.region };
  return Template.fromStack(
    new ComputeMonolithStack(new App(), 'compute-monolith', { config: { ...config, loadBalancer }, env }),
  );
}

/** Names of the published parameters. */
const published = (template: Template): string[] =>
  Object.values(template.findResources('AWS::SSM::Parameter')).map(({ Properties }) => Properties.Name);

describe.each(['local', 'development', 'staging', 'production'])('in %s', (environment) => {
  const template = synthesize(environment);

  test('it publishes what the three stacks of the other layout publish, under their paths', () => {
    const stacks = new Set(published(template).map((name) => name.split('/').slice(1, 4).join('/')));
    expect([...stacks].sort()).toEqual(
      ['alb', 'app-shared', 'compute'].map((stack) => `v3-backend/${environment}/${stack}`),
    );
    for (const key of ['alb/albDnsName', 'app-shared/apiLogGroupName', 'compute/currentImageTag']) {
      expect(published(template)).toContain(`/v3-backend/${environment}/${key}`);
    }
    expect(published(synthesize(environment, false)).sort()).toEqual(published(template).sort());
  });

  test('it reads nothing that it publishes itself', () => {
    const read = Object.values(template.findParameters('*')).map(({ Default }) => Default);
    expect(read.filter((name) => published(template).includes(name))).toEqual([]);
  });

  test('the image’s tag is a parameter of the stack', () => {
    const { defaultImageTag } = loadEnvironmentConfig(environment).services;
    template.hasParameter('ImageTag', { Type: 'String', Default: defaultImageTag });
  });

  test('resources keep the tags of their layer', () => {
    const layerOf = (type: string) =>
      Object.values(template.findResources(type)).map(
        ({ Properties }) => Properties.Tags.find(({ Key }: { Key: string }) => Key === 'layer').Value,
      );
    expect(new Set(layerOf('AWS::ElasticLoadBalancingV2::TargetGroup'))).toEqual(new Set(['alb']));
    expect(layerOf('AWS::Logs::LogGroup')).toContain('app-shared');
    expect(layerOf('AWS::ECS::Cluster')).toEqual(['compute']);
  });
});
