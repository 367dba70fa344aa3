import { PropsValidation } from '@v3-backend/core';
import { Duration, Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  ApplicationProtocolVersion,
  TargetGroupLoadBalancingAlgorithmType as Algorithm,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { TARGET_GROUP, attributes, importedVpc, newStack, problemsOf, propertiesOf } from '../../test/fixture';
import type { TargetGroupOptions } from '../index';
import { createTargetGroup } from './target-group';
import { validateTargetGroup } from './target-group-validation';

function propertiesWith(options: TargetGroupOptions) {
  const stack = newStack();
  createTargetGroup(stack, 'Group', importedVpc(stack), options);
  const [properties] = propertiesOf(Template.fromStack(stack), TARGET_GROUP);
  return { ...properties, attributes: attributes(properties.TargetGroupAttributes) };
}

function problems(options: TargetGroupOptions, https?: boolean): string[] {
  return problemsOf(() => {
    const validation = new PropsValidation(newStack());
    validateTargetGroup(validation, '', options, https);
    validation.throwIfInvalid();
  });
}

describe('options', () => {
  test('become properties and attributes', () => {
    const options = {
      port: 8080,
      protocolVersion: ApplicationProtocolVersion.HTTP2,
      deregistrationDelay: Duration.seconds(10),
      stickiness: Duration.hours(1),
      stickinessCookieName: 'session',
      algorithm: Algorithm.WEIGHTED_RANDOM,
      anomalyMitigation: true,
      minimumHealthy: { dnsMinimumHealthyTargetCount: 2, routingMinimumHealthyTargetPercentage: 50 },
      healthCheck: {
        path: '/up',
        healthyCodes: '200-299',
        interval: Duration.seconds(20),
        timeout: Duration.seconds(10),
        healthyThreshold: 3,
        unhealthyThreshold: 4,
      },
    };
    expect(problems(options, true)).toEqual([]);
    expect(propertiesWith(options)).toMatchObject({
      Port: 8080,
      ProtocolVersion: 'HTTP2',
      HealthCheckPath: '/up',
      Matcher: { HttpCode: '200-299' },
      HealthCheckIntervalSeconds: 20,
      HealthCheckTimeoutSeconds: 10,
      HealthyThresholdCount: 3,
      UnhealthyThresholdCount: 4,
      attributes: {
        'deregistration_delay.timeout_seconds': '10',
        'stickiness.enabled': 'true',
        'stickiness.type': 'app_cookie',
        'stickiness.app_cookie.cookie_name': 'session',
        'stickiness.app_cookie.duration_seconds': '3600',
        'load_balancing.algorithm.type': 'weighted_random',
        'load_balancing.algorithm.anomaly_mitigation': 'on',
        'target_group_health.dns_failover.minimum_healthy_targets.count': '2',
        'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': '50',
      },
    });
  });

  test('can start targets slowly and keep requests in their zone', () => {
    expect(propertiesWith({ slowStart: Duration.seconds(30), crossZone: false }).attributes).toMatchObject({
      'slow_start.duration_seconds': '30',
      'load_balancing.cross_zone.enabled': 'false',
    });
  });

  test('of gRPC targets check gRPC codes', () => {
    const grpc = { protocolVersion: ApplicationProtocolVersion.GRPC };
    expect(propertiesWith(grpc).Matcher).toEqual({ GrpcCode: '0' });
    expect(propertiesWith({ ...grpc, healthCheck: { healthyCodes: '0-5' } }).Matcher).toEqual({ GrpcCode: '0-5' });
    expect(problems({ ...grpc, healthCheck: { healthyCodes: '200' } })).toEqual([
      expect.stringContaining('healthCheck.healthyCodes must be gRPC codes'),
    ]);
  });
});

describe('invalid options', () => {
  test('out of range are reported all at once', () => {
    expect(
      problems({
        port: 70000,
        deregistrationDelay: Duration.hours(2),
        slowStart: Duration.seconds(10),
        stickiness: Duration.days(8),
        stickinessCookieName: 'AWSALBTG',
        healthCheck: {
          path: 'up',
          healthyCodes: '500',
          interval: Duration.seconds(4),
          timeout: Duration.seconds(4),
          healthyThreshold: 1,
          unhealthyThreshold: 11,
        },
      }),
    ).toEqual([
      expect.stringContaining('port must be'),
      expect.stringContaining('deregistrationDelay in seconds must be'),
      expect.stringContaining('slowStart in seconds must be a whole number from 30 to 900, got 10'),
      expect.stringContaining('stickiness in seconds must be'),
      expect.stringContaining('stickinessCookieName must be a cookie name that does not start with "AWSALB"'),
      expect.stringContaining('healthCheck.path must be'),
      expect.stringContaining('healthCheck.healthyCodes must be HTTP codes'),
      expect.stringContaining('healthCheck.interval in seconds must be a whole number from 5 to 300, got 4'),
      'healthCheck.timeout must be less than the interval, got 4 s and 4 s',
      expect.stringContaining('healthCheck.healthyThreshold must be'),
      expect.stringContaining('healthCheck.unhealthyThreshold must be'),
    ]);
  });

  test('that AWS refuses together are reported', () => {
    expect(
      problems(
        {
          protocolVersion: ApplicationProtocolVersion.GRPC,
          slowStart: Duration.seconds(60),
          algorithm: Algorithm.LEAST_OUTSTANDING_REQUESTS,
          anomalyMitigation: true,
          stickiness: Duration.hours(1),
          crossZone: false,
        },
        false,
      ),
    ).toEqual([
      'stickiness is not possible with crossZone: false',
      'slowStart works with the round-robin algorithm only, got least_outstanding_requests',
      expect.stringContaining('anomalyMitigation works with the weighted-random algorithm only'),
      'protocolVersion GRPC needs an HTTPS listener: give a certificate',
    ]);
    expect(problems({ stickinessCookieName: 'session' })).toEqual([
      expect.stringContaining('stickinessCookieName needs stickiness'),
    ]);
  });

  test('known at deployment only are not reported', () => {
    const later = Duration.seconds(Lazy.number({ produce: () => 1 }));
    expect(problems({ deregistrationDelay: later, healthCheck: { interval: later } })).toEqual([]);
    expect(problems({ healthCheck: { timeout: later } })).toEqual([]);
  });
});
