import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import { SsmContract } from '@v3-backend/core';
import { BackendLoadBalancer } from '../index';

const contract = new SsmContract({ environment: 'staging', stack: 'alb' });
const group = 'targetgroup/api/1';

function imported() {
  const stack = new Stack(new App(), 'Reader');
  return { stack, loadBalancer: BackendLoadBalancer.fromSsm(stack, 'LoadBalancer', contract) };
}

describe('metrics of an imported load balancer', () => {
  test('have the full names as dimensions, a period of a minute and a statistic that means something', () => {
    const { stack, loadBalancer } = imported();
    const { metrics } = loadBalancer;
    const found = [
      metrics.requestCount(),
      metrics.targetResponseTime(),
      metrics.loadBalancer5xx(),
      metrics.target5xx(),
      metrics.rejectedConnections(),
      metrics.tlsNegotiationErrors(),
      metrics.consumedCapacityUnits(),
      metrics.custom('GrpcRequestCount'),
    ];
    expect(found.map(({ metricName, statistic }) => `${metricName} ${statistic}`)).toEqual([
      'RequestCount Sum',
      'TargetResponseTime p95',
      'HTTPCode_ELB_5XX_Count Sum',
      'HTTPCode_Target_5XX_Count Sum',
      'RejectedConnectionCount Sum',
      'ClientTLSNegotiationErrorCount Sum',
      'ConsumedLCUs Sum',
      'GrpcRequestCount Sum',
    ]);
    for (const { namespace, period, dimensions } of found) {
      expect([namespace, period.toSeconds()]).toEqual(['AWS/ApplicationELB', 60]);
      expect(stack.resolve(dimensions)).toEqual({ LoadBalancer: { Ref: expect.stringContaining('albFullName') } });
    }
  });

  test('of a target group have both dimensions', () => {
    const { metrics } = imported().loadBalancer;
    const found = [
      metrics.healthyTargets(group),
      metrics.unhealthyTargets(group),
      metrics.requestCountPerTarget(group),
    ];
    expect(found.map(({ metricName, statistic }) => `${metricName} ${statistic}`)).toEqual([
      'HealthyHostCount Minimum',
      'UnHealthyHostCount Maximum',
      'RequestCountPerTarget Sum',
    ]);
    for (const { dimensions } of found) {
      expect(dimensions).toEqual({ LoadBalancer: expect.any(String), TargetGroup: group });
    }
  });

  test('can be changed by options', () => {
    const metric = imported().loadBalancer.metrics.requestCount({
      period: Duration.minutes(5),
      statistic: 'Average',
      dimensionsMap: { AvailabilityZone: 'eu-west-1a' },
    });
    expect([metric.period.toMinutes(), metric.statistic]).toEqual([5, 'Average']);
    expect(metric.dimensions).toMatchObject({ AvailabilityZone: 'eu-west-1a', LoadBalancer: expect.any(String) });
  });
});

test('scaling by requests works in another stack, from the published full names', () => {
  const { stack, loadBalancer } = imported();
  new appscaling.TargetTrackingScalingPolicy(stack, 'Requests', {
    scalingTarget: new appscaling.ScalableTarget(stack, 'Tasks', {
      serviceNamespace: appscaling.ServiceNamespace.ECS,
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: 'service/backend/api',
      minCapacity: 1,
      maxCapacity: 2,
    }),
    targetValue: 100,
    predefinedMetric: appscaling.PredefinedMetric.ALB_REQUEST_COUNT_PER_TARGET,
    resourceLabel: `${loadBalancer.loadBalancerFullName}/${loadBalancer.apiTargetGroupFullName}`,
  });
  Template.fromStack(stack).hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
    TargetTrackingScalingPolicyConfiguration: {
      PredefinedMetricSpecification: {
        ResourceLabel: {
          'Fn::Join': [
            '',
            [
              { Ref: Match.stringLikeRegexp('albFullName') },
              '/',
              { Ref: Match.stringLikeRegexp('apiTargetGroupFullName') },
            ],
          ],
        },
      },
    },
  });
});
