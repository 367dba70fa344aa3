import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { stackWith, imported, maximal } from '../test/fixture';
import { BackendCluster, FargateBackend, type FargateBackendProps } from './index';

describe('invalid props', () => {
  const problemsOf = (change: (props: FargateBackendProps) => Partial<FargateBackendProps>) => () => {
    const stack = stackWith();
    const props = imported(stack);
    return new FargateBackend(stack, 'Backend', { ...props, ...change(props) });
  };

  test('of a service are reported all at once, with its path', () => {
    expect(
      problemsOf(({ api }) => ({
        port: 0,
        environment: { A: 'x' },
        enableExecuteCommand: true,
        readonlyRootFilesystem: true,
        api: {
          ...api,
          cpu: 512,
          memoryMiB: 512,
          minCapacity: 3,
          maxCapacity: 2,
          stopTimeout: Duration.seconds(121),
          loadBalancerFullName: 'backend',
          command: [],
          healthCheckCommand: ['curl'],
        },
      })),
    ).toThrow(
      new RegExp(
        [
          'Invalid props of compute/Backend/Api:',
          'memoryMiB must be 1024, 2048, 3072, 4096 for cpu 512, got 512',
          'stopTimeout \\(seconds\\) must be a whole number from 0 to 120, got 121',
          'command must not be empty',
          'readonlyRootFilesystem must not be true',
          'port must be a whole number from 1 to 65535, got 0',
          'healthCheckCommand must start with "CMD" or "CMD-SHELL" and go on with a command, got \\["curl"\\]',
          'minCapacity must not be above maxCapacity, got 3 and 2',
          'loadBalancerFullName must be the last part of the load balancer’s ARN.*got "backend"',
          'loadBalancerFullName and targetGroupFullName are needed together',
        ].join('[^]*'),
      ),
    );
  });

  test.each<[string, (props: FargateBackendProps) => Partial<FargateBackendProps>, RegExp]>([
    [
      'a CPU size Fargate has not',
      ({ migration }) => ({ migration: { ...migration, cpu: 300 } }),
      /cpu must be one of 256/,
    ],
    ['a share above the whole', ({ worker }) => ({ worker: { ...worker, spotPercent: 101 } }), /spotPercent must be/],
    ['an image tag that is none', () => ({ imageTag: 'a b' }), /imageTag must be an image tag .*or a digest/],
    ['a namespace that is none', () => ({ namespaceName: 'Back end' }), /namespaceName must be a domain name/],
  ])('%s is refused', (_title, change, problem) => expect(problemsOf(change)).toThrow(problem));

  test('a variable both secret and plain is refused', () => {
    const stack = stackWith();
    const props = maximal(stack);
    expect(() => new FargateBackend(stack, 'Backend', { ...props, environment: { DATABASE_URL: 'x' } })).toThrow(
      /secrets and environment must not both have DATABASE_URL/,
    );
  });

  test('queues to scale on without Container Insights are refused', () => {
    const stack = stackWith();
    const props = { ...maximal(stack), containerInsights: ecs.ContainerInsights.DISABLED };
    expect(() => new FargateBackend(stack, 'Backend', props)).toThrow(/containerInsights must not be DISABLED/);
  });

  test('a cluster alone is a construct too', () => {
    const stack = stackWith();
    new BackendCluster(stack, 'Cluster', { vpc: imported(stack).vpc });
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::Cluster', {
      ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }],
    });
  });
});
