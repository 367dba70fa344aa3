import { deployedApp, deployedStack, findingOf, type ResourceSketch } from '../../testing/deployed';
import { scalableTargetsExist, scalingPoliciesExist } from './scaling-is-configured';
import { servicesRun } from './services-run';
import { servicesWantTheirCount } from './services-want-their-count';

const id = 'arn:aws:ecs:eu-west-1:123456789012:service/shop/api';
const service = (Properties: object): ResourceSketch => ({
  Type: 'AWS::ECS::Service',
  id,
  Properties: { ...Properties },
});
const scaling: ResourceSketch = {
  Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  Properties: {
    ServiceNamespace: 'ecs',
    ResourceId: { 'Fn::Join': ['', ['service/', 'shop', '/', { 'Fn::GetAtt': ['Api', 'Name'] }]] },
    MinCapacity: 1,
    MaxCapacity: 3,
  },
};
const policy: ResourceSketch = {
  Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  id: 'arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:5:resource/ecs/service/shop/api:policyName/cpu',
  Properties: { PolicyName: 'cpu' },
};
const scaled = deployedApp(deployedStack('compute', { Api: service({}), Scaling: scaling, Policy: policy }));
const fixed = deployedApp(deployedStack('compute', { Api: service({ DesiredCount: 1 }) }));
const answering = (answer: object) => ({ DescribeServices: () => ({ services: [{ status: 'ACTIVE', ...answer }] }) });

describe('services want the count of tasks that they were deployed with', () => {
  const find = (app: typeof scaled, desiredCount: number) =>
    findingOf(servicesWantTheirCount, app, answering({ desiredCount }));

  test('the template’s, where it says one', async () => {
    expect(await find(fixed, 1)).toEqual([true, 'wants 1, deployed with 1']);
    expect(await find(fixed, 0)).toEqual([false, 'it wants 0 instead of 1']);
  });

  test('any within the bounds of the autoscaling', async () => {
    expect(await find(scaled, 3)).toEqual([true, 'wants 3, deployed with 1 to 3']);
    expect(await find(scaled, 0)).toEqual([false, 'it wants 0 instead of 1 to 3']);
    expect(await find(scaled, 4)).toEqual([false, 'it wants 4 instead of 1 to 3']);
  });

  test('a service that is gone, or goes, is none', async () => {
    const gone = { DescribeServices: () => ({ services: [] }) };
    expect(await findingOf(servicesWantTheirCount, fixed, gone)).toEqual([false, 'it does not exist']);
    expect(await findingOf(servicesWantTheirCount, fixed, answering({ status: 'DRAINING' }))).toEqual([
      false,
      'its status is DRAINING',
    ]);
  });
});

describe('services run as many tasks as they want', () => {
  const find = (runningCount: number, ...rollouts: readonly string[]) =>
    findingOf(
      servicesRun,
      fixed,
      answering({
        desiredCount: 2,
        runningCount,
        deployments: rollouts.map((rolloutState) => ({ rolloutState })),
        events: [{ message: '(service api) was unable to place a task' }],
      }),
    );

  test('when all run and one rollout is complete', async () => {
    expect(await find(2, 'COMPLETED')).toEqual([true, '2 of 2 tasks run, rollout COMPLETED']);
  });

  test('otherwise they do not, and the last event says why', async () => {
    expect(await find(1, 'COMPLETED')).toEqual([
      false,
      '1 of 2 tasks run, rollout COMPLETED; (service api) was unable to place a task',
    ]);
    expect((await find(2, 'IN_PROGRESS', 'COMPLETED'))[0]).toBe(false);
    expect((await find(2, 'FAILED'))[0]).toBe(false);
  });
});

describe('autoscaling', () => {
  test('targets need their bounds', async () => {
    const find = (...ScalableTargets: readonly object[]) =>
      findingOf(scalableTargetsExist, scaled, { DescribeScalableTargets: () => ({ ScalableTargets }) });
    expect(await find({ MinCapacity: 1, MaxCapacity: 3 })).toEqual([true, 'service/shop/api, 1 to 3']);
    expect(await find({ MinCapacity: 1, MaxCapacity: 9 })).toEqual([
      false,
      'service/shop/api scales from 1 to 9 instead of 1 to 3',
    ]);
    expect(await find()).toEqual([false, 'service/shop/api is not registered']);
  });

  test('policies need to exist, by their ARN', async () => {
    const find = (PolicyARN: string | undefined) =>
      findingOf(scalingPoliciesExist, scaled, {
        DescribeScalingPolicies: ({ ServiceNamespace, PolicyNames }) => {
          expect([ServiceNamespace, PolicyNames]).toEqual(['ecs', ['cpu']]);
          return {
            ScalingPolicies: [{ PolicyARN, PolicyType: 'TargetTrackingScaling', ResourceId: 'service/shop/api' }],
          };
        },
      });
    expect(await find(policy.id)).toEqual([true, 'TargetTrackingScaling of service/shop/api']);
    expect(await find('another')).toEqual([false, 'cpu does not exist']);
  });
});
