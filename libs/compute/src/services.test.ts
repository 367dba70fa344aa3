import { App, Duration, Stack, TimeZone, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { imported, stackWith } from '../test/fixture';
import {
  ApiService,
  BackendCluster,
  FargateBackend,
  type FargateBackendProps,
  SchedulerService,
  WorkerService,
} from './index';

type Change = (props: FargateBackendProps, stack: Stack) => Partial<FargateBackendProps>;

function backendWith(change: Change): Template {
  const stack = stackWith();
  const props = imported(stack);
  const migration = { ...props.migration, runBeforeServices: false };
  new FargateBackend(stack, 'Backend', { ...props, migration, ...change(props, stack) });
  return Template.fromStack(stack);
}

describe('one service alone', () => {
  test.each([
    ['recommended', recommendedFlags],
    ['no', {}],
  ])('needs a cluster, an image, roles and a log group, but no load balancer (%s feature flags)', (_flags, context) => {
    const stack = new Stack(new App({ context }), 'compute');
    const { vpc, securityGroup, executionRole, taskRole, api } = imported(stack);
    const { cluster } = new BackendCluster(stack, 'Cluster', { vpc });
    const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:1');
    const common = { cluster, image, securityGroup, executionRole, taskRole, logGroup: api.logGroup };
    new ApiService(stack, 'Api', common);
    new WorkerService(stack, 'Worker', common);
    new SchedulerService(stack, 'Scheduler', common);
    const services = Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service'));
    expect(services).toHaveLength(3);
    for (const { Properties } of services) {
      expect(Properties.LoadBalancers ?? []).toEqual([]);
      expect(Properties.HealthCheckGracePeriodSeconds).toBeUndefined();
      expect(Properties.ServiceRegistries ?? []).toEqual([]);
    }
  });
});

describe('the number of tasks', () => {
  test('has other bounds at certain times, in a stated time zone', () => {
    const template = backendWith(({ api }) => ({
      api: {
        ...api,
        schedules: {
          morning: {
            schedule: appscaling.Schedule.cron({ hour: '7', minute: '0' }),
            timeZone: TimeZone.EUROPE_BERLIN,
            minCapacity: 3,
            maxCapacity: 12,
          },
          night: { schedule: appscaling.Schedule.cron({ hour: '22', minute: '0' }), minCapacity: 0 },
        },
      },
    }));
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      ScheduledActions: [
        {
          ScheduledActionName: 'morning',
          Schedule: 'cron(0 7 * * ? *)',
          Timezone: 'Europe/Berlin',
          ScalableTargetAction: { MinCapacity: 3, MaxCapacity: 12 },
        },
        {
          ScheduledActionName: 'night',
          Schedule: 'cron(0 22 * * ? *)',
          Timezone: 'Etc/UTC',
          ScalableTargetAction: { MinCapacity: 0 },
        },
      ],
    });
  });

  test('may shrink during an update where nothing may be added, and then zones are not rebalanced', () =>
    backendWith(({ worker }) => ({
      worker: { ...worker, minHealthyPercent: 50, maxHealthyPercent: 100, availabilityZoneRebalancing: false },
    })).hasResourceProperties('AWS::ECS::Service', {
      AvailabilityZoneRebalancing: 'DISABLED',
      DeploymentConfiguration: Match.objectLike({ MinimumHealthyPercent: 50, MaximumPercent: 100 }),
    }));

  test('is partly on Spot for the API too, where that is said', () =>
    backendWith(({ api }) => ({ api: { ...api, spotPercent: 50 } })).hasResourceProperties('AWS::ECS::Service', {
      CapacityProviderStrategy: [
        { CapacityProvider: 'FARGATE', Base: 1, Weight: 50 },
        { CapacityProvider: 'FARGATE_SPOT', Weight: 50 },
      ],
    }));

  test('is not checked where CloudFormation alone knows it', () =>
    backendWith(({ api }) => {
      const unknown = Token.asNumber({ Ref: 'Number' });
      const schedule = appscaling.Schedule.expression('cron(0 7 * * ? *)');
      return {
        api: {
          ...api,
          minCapacity: unknown,
          minHealthyPercent: unknown,
          maxHealthyPercent: unknown,
          schedules: { morning: { schedule, minCapacity: unknown, maxCapacity: 1 } },
        },
      };
    }).resourceCountIs('AWS::ECS::Service', 3));
});

describe('a deployment', () => {
  test('is rolled back by the given alarms', () =>
    backendWith(({ api }, stack) => ({
      api: { ...api, deploymentAlarms: [cloudwatch.Alarm.fromAlarmName(stack, 'Errors', 'api-errors')] },
    })).hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: Match.objectLike({
        Alarms: { AlarmNames: ['api-errors'], Enable: true, Rollback: true },
      }),
    }));
});

describe('Service Connect', () => {
  const template = backendWith(() => ({ serviceConnect: true }));

  test.each(['api', 'worker', 'scheduler'])('makes %s known by its name, beside its DNS records', (name) => {
    template.hasResourceProperties('AWS::ECS::Service', {
      ServiceConnectConfiguration: Match.objectLike({
        Enabled: true,
        Namespace: { 'Fn::GetAtt': [Match.stringLikeRegexp('BackendClusterNamespace'), 'Arn'] },
        Services: [
          { PortName: 'http', DiscoveryName: `${name}-connect`, ClientAliases: [{ DnsName: name, Port: 3000 }] },
        ],
        LogConfiguration: Match.objectLike({
          Options: Match.objectLike({ 'awslogs-group': `/logs/${name}`, 'awslogs-stream-prefix': `${name}-connect` }),
        }),
      }),
      ServiceRegistries: [Match.anyValue()],
    });
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        Match.objectLike({ Name: name, PortMappings: [Match.objectLike({ AppProtocol: 'http', Name: 'http' })] }),
      ],
    });
  });
});

describe('a task', () => {
  const sidecars = {
    otel: {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/aws-observability/aws-otel-collector:v0'),
      command: ['--config=/etc/ecs/ecs-default-config.yaml'],
      environment: { A: 'b' },
      memoryReservationMiB: 64,
      healthCheckCommand: ['CMD', '/healthcheck'],
    },
    proxy: { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1'), essential: true },
  };

  test('has sidecars, which start before it and log to its group', () =>
    backendWith(({ api }) => ({ api: { ...api, sidecars } })).hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        Match.objectLike({
          Name: 'api',
          Essential: true,
          DependsOn: [
            { ContainerName: 'otel', Condition: 'HEALTHY' },
            { ContainerName: 'proxy', Condition: 'START' },
          ],
        }),
        Match.objectLike({
          Name: 'otel',
          Essential: false,
          Command: ['--config=/etc/ecs/ecs-default-config.yaml'],
          Environment: [{ Name: 'A', Value: 'b' }],
          MemoryReservation: 64,
          HealthCheck: Match.objectLike({ Command: ['CMD', '/healthcheck'] }),
          LogConfiguration: Match.objectLike({
            Options: Match.objectLike({ 'awslogs-group': '/logs/api', 'awslogs-stream-prefix': 'otel' }),
          }),
        }),
        Match.objectLike({ Name: 'proxy', Essential: true }),
      ],
    }));

  test('is the same in whichever order its variables, secrets and sidecars are given', () => {
    const definitions = (ordered: <T>(record: { [name: string]: T }) => { [name: string]: T }) =>
      backendWith(({ api }, stack) => {
        const secret = Secret.fromSecretNameV2(stack, 'Secret', 'database');
        return {
          environment: ordered({ LOG_LEVEL: 'info', BUCKET: 'files' }),
          secrets: ordered({
            USER: ecs.Secret.fromSecretsManager(secret),
            HOST: ecs.Secret.fromSecretsManager(secret),
          }),
          api: { ...api, sidecars: ordered(sidecars), environmentOverrides: ordered({ ZONE: 'a', LEVEL: 'b' }) },
        };
      }).findResources('AWS::ECS::TaskDefinition');
    const reversed = <T>(record: { [name: string]: T }) => Object.fromEntries(Object.entries(record).reverse());
    expect(definitions(reversed)).toEqual(definitions((record) => record));
  });

  test('has more disk where that is said', () =>
    backendWith(({ worker }) => ({ worker: { ...worker, ephemeralStorageGiB: 100 } })).hasResourceProperties(
      'AWS::ECS::TaskDefinition',
      { EphemeralStorage: { SizeInGiB: 100 } },
    ));

  test('runs an image by its digest', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const template = backendWith(() => ({ imageTag: digest }));
    const definitions = JSON.stringify(template.findResources('AWS::ECS::TaskDefinition'));
    expect(definitions.split(`/backend@${digest}`)).toHaveLength(5);
  });
});

describe('what could not work is refused:', () => {
  const schedule = appscaling.Schedule.expression('cron(0 7 * * ? *)');
  test.each<[string, Change, RegExp]>([
    [
      'an update that may neither add nor take away a task',
      ({ api }) => ({ api: { ...api, maxHealthyPercent: 100, availabilityZoneRebalancing: false } }),
      /minHealthyPercent must be below 100 where maxHealthyPercent is 100/,
    ],
    [
      'rebalancing without room for a task more',
      ({ api }) => ({ api: { ...api, minHealthyPercent: 50, maxHealthyPercent: 100 } }),
      /availabilityZoneRebalancing must be false where maxHealthyPercent is 100/,
    ],
    [
      'shares that are none',
      ({ api }) => ({ api: { ...api, minHealthyPercent: 101, maxHealthyPercent: 201 } }),
      /minHealthyPercent must be a whole number from 0 to 100.*\n.*maxHealthyPercent must be a whole number from 100 to 200/,
    ],
    [
      'a schedule of nothing',
      ({ api }) => ({ api: { ...api, schedules: { night: { schedule } } } }),
      /schedules.night must have minCapacity, maxCapacity or both/,
    ],
    [
      'bounds the wrong way round',
      ({ api }) => ({ api: { ...api, schedules: { night: { schedule, minCapacity: 2, maxCapacity: 1 } } } }),
      /schedules.night.minCapacity must not be above its maxCapacity, got 2 and 1/,
    ],
    [
      'a grace period for checks that nobody makes',
      ({ api }) => ({ api: { ...api, targetGroup: undefined, healthCheckGracePeriod: Duration.seconds(1) } }),
      /healthCheckGracePeriod is about a load balancer’s checks/,
    ],
    [
      'a health check without a command',
      ({ api }) => ({ api: { ...api, healthCheckCommand: ['CMD'] } }),
      /healthCheckCommand must start with "CMD" or "CMD-SHELL" and go on with a command, got \["CMD"\]/,
    ],
    [
      'less disk than Fargate gives anyway',
      ({ migration }) => ({ migration: { ...migration, ephemeralStorageGiB: 20 } }),
      /ephemeralStorageGiB must be a whole number from 21 to 200, got 20/,
    ],
  ])('%s', (_title, change, problem) => expect(() => backendWith(change)).toThrow(problem));

  test('sidecars with the main container’s name, a bad name, or an end that cuts the migration off', () => {
    const image = ecs.ContainerImage.fromRegistry('busybox:1');
    const sidecars = {
      migration: { image },
      'a b': { image, memoryReservationMiB: 5 },
      otel: { image, essential: true, healthCheckCommand: ['curl'] },
    };
    expect(() => backendWith(({ migration }) => ({ migration: { ...migration, sidecars } }))).toThrow(
      new RegExp(
        [
          'sidecars must not have migration: that is the main container’s name',
          'sidecars: a name must be 1 to 255 letters.*got "a b"',
          'sidecars.a b.memoryReservationMiB must be a whole number from 6',
          'sidecars.otel.essential must not be true in the migration',
          'sidecars.otel.healthCheckCommand must start with "CMD"',
        ].join('[^]*'),
      ),
    );
  });

  test('Service Connect without a namespace', () => {
    const stack = stackWith();
    const { vpc, securityGroup, executionRole, taskRole, api } = imported(stack);
    const { cluster } = new BackendCluster(stack, 'Cluster', { vpc });
    const image = ecs.ContainerImage.fromRegistry('busybox:1');
    const props = { ...api, cluster, image, securityGroup, executionRole, taskRole, serviceConnect: true };
    expect(() => new ApiService(stack, 'Api', props)).toThrow(/serviceConnect needs a discoveryNamespace/);
  });
});
