import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { contract, stackWith, imported, maximal, templateOf } from '../test/fixture';
import { FargateBackend } from './index';

const container = (name: string, properties: object) => ({
  ContainerDefinitions: [Match.objectLike({ Name: name, ...properties })],
});

describe('a backend of which only the necessary is said', () => {
  const template = templateOf(imported);

  test('is four tasks and three services, and touches neither roles nor security groups of others', () => {
    template.resourceCountIs('AWS::ECS::TaskDefinition', 4);
    template.resourceCountIs('AWS::ECS::Service', 3);
    for (const { Properties } of Object.values(template.findResources('AWS::IAM::Policy'))) {
      expect(JSON.stringify(Properties.Roles)).toMatch(/^\[\{"Ref":"BackendMigrationRun[^"]*"\}\]$/);
    }
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
  });

  test.each(['api', 'worker', 'scheduler'])('registers %s in its target group and in service discovery', (name) => {
    template.hasResourceProperties('AWS::ECS::Service', {
      LoadBalancers: [
        {
          TargetGroupArn: Match.stringLikeRegexp(`targetgroup/${name}/`),
          ContainerName: name,
          ContainerPort: 3000,
        },
      ],
      ServiceRegistries: [Match.anyValue()],
      DeploymentConfiguration: Match.objectLike({ DeploymentCircuitBreaker: { Enable: true, Rollback: true } }),
    });
    template.hasResourceProperties('AWS::ServiceDiscovery::Service', { Name: name });
  });

  test('leaves the number of tasks to autoscaling, except the scheduler’s, of which never two run', () => {
    const services = Object.values(template.findResources('AWS::ECS::Service')).map(({ Properties }) => Properties);
    expect(services.map(({ DesiredCount }) => DesiredCount)).toEqual([undefined, undefined, 1]);
    template.resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 2);
    template.hasResourceProperties('AWS::ECS::Service', {
      DesiredCount: 1,
      AvailabilityZoneRebalancing: 'DISABLED',
      DeploymentConfiguration: Match.objectLike({ MinimumHealthyPercent: 0, MaximumPercent: 100 }),
    });
  });

  test.each([
    ['api', 60],
    ['worker', 120],
    ['scheduler', 30],
    ['migration', 120],
  ])('tells the image to be %s, and gives it %d s to stop', (name, StopTimeout) =>
    template.hasResourceProperties(
      'AWS::ECS::TaskDefinition',
      container(name, {
        StopTimeout,
        ReadonlyRootFilesystem: true,
        Environment: Match.arrayWith([{ Name: 'SERVICE', Value: name }]),
        MountPoints: [{ ContainerPath: '/tmp', ReadOnly: false, SourceVolume: 'tmp' }],
      }),
    ),
  );

  test('the API has 120 s to start before checks count', () =>
    template.hasResourceProperties('AWS::ECS::Service', { HealthCheckGracePeriodSeconds: 120 }));

  test('services wait for the capacity providers, and go before these do', () => {
    for (const service of Object.values(template.findResources('AWS::ECS::Service'))) {
      expect(service['DependsOn']).toContainEqual(expect.stringContaining('CapacityProviders'));
    }
  });

  test('publishes its complete contract', () => {
    const names = Object.values(template.findResources('AWS::SSM::Parameter')).map(({ Properties }) => Properties.Name);
    expect(names.map((name: string) => name.replace(`${contract.path}/`, '')).sort()).toEqual([
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

  test('synthesizes without any feature flag', () => {
    templateOf(maximal, {}).resourceCountIs('AWS::ECS::Service', 3);
  });

  test('synthesizes in a stack that says neither account nor region', () => {
    const stack = new Stack(new App({ context: recommendedFlags }), 'compute');
    new FargateBackend(stack, 'Backend', maximal(stack)).publish(contract);
    Template.fromStack(stack).resourceCountIs('AWS::ECS::Service', 3);
  });
});

describe('a backend of which everything is said', () => {
  const template = templateOf(maximal);

  test('scales the API on requests by the full names of imported resources', () =>
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: Match.objectLike({
        TargetValue: 500,
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ALBRequestCountPerTarget',
          ResourceLabel: 'app/backend/50dc6c495c0c9188/targetgroup/api/73e2d6bc24d8a067',
        },
      }),
    }));

  test('scales the worker on messages per running task, over all queues', () =>
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: Match.objectLike({
        TargetValue: 10,
        CustomizedMetricSpecification: {
          Metrics: Match.arrayWith([
            Match.objectLike({ Id: 'working1', MetricStat: Match.objectLike({ Stat: 'Average' }), ReturnData: false }),
            Match.objectLike({
              Expression: '(FILL(waiting0, 0) + FILL(working0, 0) + FILL(waiting1, 0) + FILL(working1, 0)) / running',
              ReturnData: true,
            }),
          ]),
        },
      }),
    }));

  test('runs the given share of the worker on Spot, the first task on demand', () =>
    template.hasResourceProperties('AWS::ECS::Service', {
      CapacityProviderStrategy: [
        { CapacityProvider: 'FARGATE', Base: 1, Weight: 30 },
        { CapacityProvider: 'FARGATE_SPOT', Weight: 70 },
      ],
    }));

  test('reads secrets when a task starts, and a container’s own variables win', () =>
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Family: 'api-task',
      RuntimePlatform: Match.objectLike({ CpuArchitecture: 'X86_64' }),
      ...container('api', {
        Secrets: [{ Name: 'DATABASE_URL', ValueFrom: Match.stringLikeRegexp('url-AbCdEf$') }],
        Environment: Match.arrayWith([
          { Name: 'LOG_LEVEL', Value: 'warn' },
          { Name: 'PORT', Value: '8080' },
        ]),
        ReadonlyRootFilesystem: false,
      }),
    }));

  test('lets a container check itself', () =>
    template.hasResourceProperties(
      'AWS::ECS::TaskDefinition',
      container('worker', {
        Command: ['node', 'worker.js'],
        StopTimeout: 100,
        HealthCheck: Match.objectLike({ Command: ['CMD-SHELL', 'test -f /tmp/alive'], StartPeriod: 60 }),
      }),
    ));

  test('a worker wholly on Spot has no other capacity', () => {
    const stack = stackWith();
    const props = imported(stack);
    new FargateBackend(stack, 'Backend', { ...props, worker: { ...props.worker, spotPercent: 100 } });
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', {
      CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 100 }],
    });
  });
});
