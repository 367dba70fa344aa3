import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ComputeStack } from './stack';

describe.each(['local', 'development', 'staging', 'production'])('in %s', (environment) => {
  const config = loadEnvironmentConfig(environment);
  const env = { account: config.account, region: config.region };
  const template = Template.fromStack(new ComputeStack(new App(), 'compute', { config, env }));

  test('the contract is complete', () => {
    const parameters = Object.values(template.findResources('AWS::SSM::Parameter'));
    expect(
      parameters.map(({ Properties }) => Properties.Name.replace(`/v3-backend/${environment}/compute/`, '')).sort(),
    ).toEqual([
      'apiServiceName',
      'apiTaskDefinitionFamily',
      'clusterArn',
      'clusterName',
      'currentImageTag',
      'migrationTaskDefinitionFamily',
      'namespaceId',
      'namespaceName',
      'schedulerServiceName',
      'schedulerTaskDefinitionFamily',
      'workerServiceName',
      'workerTaskDefinitionFamily',
    ]);
  });

  test('the image’s tag is a parameter of the stack, and published', () => {
    template.hasParameter('ImageTag', { Type: 'String', Default: config.services.defaultImageTag });
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: `/v3-backend/${environment}/compute/currentImageTag`,
      Value: { Ref: 'ImageTag' },
    });
  });

  test('four tasks have the plan’s names, and read DATABASE_URL from a secret', () => {
    for (const service of ['api', 'worker', 'scheduler', 'migration']) {
      template.hasResourceProperties('AWS::ECS::TaskDefinition', {
        Family: `v3-backend-${environment}-${service}-task`,
        ContainerDefinitions: [
          Match.objectLike({ Secrets: Match.arrayWith([Match.objectLike({ Name: 'DATABASE_URL' })]) }),
        ],
      });
    }
  });

  test('three services run within the configured bounds, and no security group’s rule is written', () => {
    template.resourceCountIs('AWS::ECS::Service', 3);
    const { minCapacity, maxCapacity } = config.services.api;
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: minCapacity,
      MaxCapacity: maxCapacity,
    });
    const types = Object.values(template.toJSON()['Resources'] as Record<string, { Type: string }>);
    expect(types.filter(({ Type }) => Type.includes('SecurityGroup'))).toEqual([]);
  });

  test('the migration runs before the services are updated, except where no container could run', () => {
    const runs = Object.keys(template.findResources('Custom::MigrationRun'));
    expect(runs).toHaveLength(environment === 'local' ? 0 : 1);
    for (const service of Object.values(template.findResources('AWS::ECS::Service'))) {
      expect(service['DependsOn']).toEqual(expect.arrayContaining(runs));
    }
  });

  test('services start anew when DATABASE_URL has changed, where the credentials are rotated', () => {
    const rules = Object.values(template.findResources('AWS::Events::Rule'));
    expect(rules.map(({ Properties }) => Properties.EventPattern.source)).toEqual(
      config.database.rotateCredentials ? [['lambda']] : [],
    );
  });

  test('roles and policies are of this stack’s own functions; those of other stacks stay as they are', () => {
    const types = Object.entries(template.toJSON()['Resources'] as Record<string, { Type: string }>);
    const names = types.filter(([, { Type }]) => Type.startsWith('AWS::IAM')).map(([name]) => name);
    expect(names.filter((name) => !/^Backend(MigrationRun|Restart)/.test(name))).toEqual([]);
  });
});

test('production has metrics of tasks and containers', () => {
  const config = loadEnvironmentConfig('production');
  Template.fromStack(new ComputeStack(new App(), 'compute', { config })).hasResourceProperties('AWS::ECS::Cluster', {
    ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }],
  });
});
