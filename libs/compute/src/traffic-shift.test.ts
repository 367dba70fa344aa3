import { Duration, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DeploymentLifecycleLambdaTarget, DeploymentLifecycleStage } from 'aws-cdk-lib/aws-ecs';
import { imported, stackWith } from '../test/fixture';
import { type ApiOptions, FargateBackend, TrafficShift, type TrafficShiftProps } from './index';

const LISTENER = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app/backend/50dc6c495c0c9188';
const GREEN = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/green/1';

const targets = (stack: Stack): TrafficShiftProps => ({
  alternateTargetGroup: elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'Green', {
    targetGroupArn: GREEN,
  }),
  productionRuleArn: `${LISTENER}/f2f7dc8efc522ab2/9683b2d02a6cabee`,
});

function backendWith(api: (stack: Stack) => Partial<ApiOptions>): Template {
  const stack = stackWith();
  const props = imported(stack);
  const migration = { ...props.migration, runBeforeServices: false };
  new FargateBackend(stack, 'Backend', { ...props, migration, api: { ...props.api, ...api(stack) } });
  return Template.fromStack(stack);
}

describe('a deployment that shifts traffic', () => {
  test('goes between two target groups of other stacks, known by their ARNs, with a role that ECS may use', () => {
    const template = backendWith((stack) => ({ trafficShift: TrafficShift.blueGreen(targets(stack)) }));
    template.hasResourceProperties('AWS::ECS::Service', {
      LoadBalancers: [
        Match.objectLike({
          TargetGroupArn: Match.stringLikeRegexp('targetgroup/api/'),
          AdvancedConfiguration: {
            AlternateTargetGroupArn: GREEN,
            ProductionListenerRule: `${LISTENER}/f2f7dc8efc522ab2/9683b2d02a6cabee`,
            RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('BackendApiInfrastructureRole'), 'Arn'] },
          },
        }),
      ],
      DeploymentConfiguration: Match.objectLike({
        Strategy: 'BLUE_GREEN',
        BakeTimeInMinutes: 10,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      }),
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [Match.objectLike({ Principal: { Service: 'ecs.amazonaws.com' } })],
      }),
    });
    template.resourceCountIs('AWS::ECS::Service', 3);
    template.resourcePropertiesCountIs('AWS::ECS::Service', { DeploymentConfiguration: { Strategy: 'BLUE_GREEN' } }, 1);
  });

  test('may begin with a canary, and takes everything that is said', () => {
    const template = backendWith((stack) => ({
      trafficShift: TrafficShift.canary(
        {
          ...targets(stack),
          testRuleArn: `${LISTENER}/f2f7dc8efc522ab2/0`,
          bakeTime: Duration.minutes(30),
          infrastructureRole: iam.Role.fromRoleName(stack, 'Infrastructure', 'infrastructure'),
          lifecycleHooks: [
            new DeploymentLifecycleLambdaTarget(
              lambda.Function.fromFunctionArn(stack, 'Hook', 'arn:aws:lambda:eu-west-1:123456789012:function:hook'),
              'Hook',
              { lifecycleStages: [DeploymentLifecycleStage.POST_TEST_TRAFFIC_SHIFT] },
            ),
          ],
        },
        { stepPercent: 0.3, stepBakeTime: Duration.minutes(15) },
      ),
    }));
    template.hasResourceProperties('AWS::ECS::Service', {
      LoadBalancers: [
        Match.objectLike({
          AdvancedConfiguration: Match.objectLike({
            TestListenerRule: `${LISTENER}/f2f7dc8efc522ab2/0`,
            RoleArn: 'arn:aws:iam::123456789012:role/infrastructure',
          }),
        }),
      ],
      DeploymentConfiguration: Match.objectLike({
        Strategy: 'CANARY',
        BakeTimeInMinutes: 30,
        CanaryConfiguration: { CanaryPercent: 0.3, CanaryBakeTimeInMinutes: 15 },
        LifecycleHooks: [Match.objectLike({ LifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'] })],
      }),
    });
  });

  test('has ECS’s own steps where none are given', () => {
    const strategyOf = (shift: (props: TrafficShiftProps) => TrafficShift) =>
      backendWith((stack) => ({ trafficShift: shift(targets(stack)) }));
    strategyOf((props) => TrafficShift.canary(props)).hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: Match.objectLike({
        CanaryConfiguration: { CanaryPercent: 5, CanaryBakeTimeInMinutes: 10 },
      }),
    });
    strategyOf((props) => TrafficShift.linear(props)).hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: Match.objectLike({
        Strategy: 'LINEAR',
        LinearConfiguration: { StepPercent: 10, StepBakeTimeInMinutes: 6 },
      }),
    });
  });
});

describe('what could not work is refused:', () => {
  test('a shift that lacks its second half, or scales on one target group', () => {
    const incomplete = () =>
      backendWith(() => ({
        trafficShift: TrafficShift.blueGreen({
          alternateTargetGroup: imported(stackWith()).api.targetGroup!,
          productionRuleArn: LISTENER.replace('listener-rule', 'listener'),
          testRuleArn: LISTENER.replace('listener-rule', 'listener'),
          bakeTime: Duration.hours(25),
        }),
        loadBalancerFullName: 'app/backend/50dc6c495c0c9188',
        targetGroupFullName: 'targetgroup/api/73e2d6bc24d8a067',
      }));
    expect(incomplete).toThrow(
      new RegExp(
        [
          'trafficShift.alternateTargetGroup must not be the service’s own targetGroup; give a second one',
          'trafficShift.productionRuleArn must be the ARN of a listener’s rule, got "arn:',
          'trafficShift.testRuleArn must be the ARN of a listener’s rule',
          'trafficShift.testRuleArn must not be the productionRuleArn',
          'trafficShift.bakeTime \\(minutes\\) must be a whole number from 0 to 1440, got 1500',
          'trafficShift and targetGroupFullName must not both be given',
        ].join('[^]*'),
      ),
    );
  });

  test('a shift without a target group', () =>
    expect(() =>
      backendWith((stack) => ({ targetGroup: undefined, trafficShift: TrafficShift.blueGreen(targets(stack)) })),
    ).toThrow(/trafficShift needs a targetGroup/));

  test.each([
    ['canary', 0, 10, /stepPercent must be from 0.1 to 100, in tenths, got 0/],
    ['canary', 100.1, 10, /stepPercent must be from 0.1 to 100/],
    ['canary', 0.25, 10, /in tenths, got 0.25/],
    ['linear', 2.9, 10, /stepPercent must be from 3 to 100/],
    ['linear', 10, 1441, /stepBakeTime \(minutes\) must be a whole number from 0 to 1440, got 1441/],
    ['linear', 3, 60, /bakeTime and 34 steps of stepBakeTime must not exceed 33 hours together, got 34.1666/],
  ] as const)('a %s step of %d percent in %d minutes', (kind, stepPercent, minutes, problem) =>
    expect(() =>
      backendWith((stack) => ({
        trafficShift: TrafficShift[kind](targets(stack), { stepPercent, stepBakeTime: Duration.minutes(minutes) }),
      })),
    ).toThrow(problem),
  );
});
