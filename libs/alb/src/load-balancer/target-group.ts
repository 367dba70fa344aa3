import { Duration } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { TargetGroupOptions } from './target-group-options';

/**
 * Healthy after 20 s and unhealthy after 30 s: a deployment waits for the first, users for the second. What a target that
 * is taken out does not finish within half a minute, it never will, and deployments wait for it.
 */
export const TARGET_GROUP_DEFAULTS = {
  port: 3000,
  healthCheckPath: '/health',
  intervalSeconds: 10,
  timeoutSeconds: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
  deregistrationDelaySeconds: 30,
} as const;

/** A target group of addresses, without a fixed name, so that CloudFormation can replace it. */
export function createTargetGroup(
  scope: Construct,
  id: string,
  vpc: IVpc,
  options: TargetGroupOptions,
): elbv2.ApplicationTargetGroup {
  const check = options.healthCheck ?? {};
  const grpc = options.protocolVersion === elbv2.ApplicationProtocolVersion.GRPC;
  return new elbv2.ApplicationTargetGroup(scope, id, {
    vpc,
    targetType: elbv2.TargetType.IP,
    protocol: elbv2.ApplicationProtocol.HTTP,
    protocolVersion: options.protocolVersion,
    port: options.port ?? TARGET_GROUP_DEFAULTS.port,
    deregistrationDelay:
      options.deregistrationDelay ?? Duration.seconds(TARGET_GROUP_DEFAULTS.deregistrationDelaySeconds),
    slowStart: options.slowStart,
    stickinessCookieDuration: options.stickiness,
    stickinessCookieName: options.stickinessCookieName,
    loadBalancingAlgorithmType: options.algorithm,
    enableAnomalyMitigation: options.anomalyMitigation,
    crossZoneEnabled: options.crossZone,
    targetGroupHealth: options.minimumHealthy,
    healthCheck: {
      path: check.path ?? TARGET_GROUP_DEFAULTS.healthCheckPath,
      healthyHttpCodes: grpc ? undefined : check.healthyCodes,
      healthyGrpcCodes: grpc ? (check.healthyCodes ?? '0') : undefined,
      interval: check.interval ?? Duration.seconds(TARGET_GROUP_DEFAULTS.intervalSeconds),
      timeout: check.timeout ?? Duration.seconds(TARGET_GROUP_DEFAULTS.timeoutSeconds),
      healthyThresholdCount: check.healthyThreshold ?? TARGET_GROUP_DEFAULTS.healthyThreshold,
      unhealthyThresholdCount: check.unhealthyThreshold ?? TARGET_GROUP_DEFAULTS.unhealthyThreshold,
    },
  });
}
