import type { PropsValidation } from '@v3-backend/core';
import { Duration, TimeZone, Token } from 'aws-cdk-lib';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { ScalingOptions } from '../service-options';
import { validateCapacity } from './capacity';
import { CAPACITY, SCALING } from './defaults';
import { sortedByName } from './sorted-by-name';

const COOLDOWNS = {
  scaleInCooldown: Duration.seconds(SCALING.scaleInCooldownSeconds),
  scaleOutCooldown: Duration.seconds(SCALING.scaleOutCooldownSeconds),
};

/** Adds what is wrong with how a service is scaled to `validation`. */
export function validateScaling(validation: PropsValidation, options: ScalingOptions): void {
  const { min, max } = capacityOf(options);
  validation.inRange('minCapacity', 1, 5000, options.minCapacity);
  validation.inRange('maxCapacity', 1, 5000, options.maxCapacity);
  validation.inRange('cpuTargetPercent', 1, 100, options.cpuTargetPercent);
  validation.holds(
    Token.isUnresolved(min) || Token.isUnresolved(max) || min <= max,
    `minCapacity must not be above maxCapacity, got ${min} and ${max}`,
  );
  for (const [name, schedule] of Object.entries(options.schedules ?? {})) {
    validation.inRange(`schedules.${name}.minCapacity`, 0, 5000, schedule.minCapacity);
    validation.inRange(`schedules.${name}.maxCapacity`, 0, 5000, schedule.maxCapacity);
    validation.holds(
      schedule.minCapacity !== undefined || schedule.maxCapacity !== undefined,
      `schedules.${name} must have minCapacity, maxCapacity or both`,
    );
    validation.holds(
      Token.isUnresolved(schedule.minCapacity) || !(schedule.minCapacity! > schedule.maxCapacity!),
      `schedules.${name}.minCapacity must not be above its maxCapacity, got ${schedule.minCapacity} and ${schedule.maxCapacity}`,
    );
  }
  validateCapacity(validation, options);
}

/** Scales a service between its bounds, by CPU at least, and changes the bounds when it is time. */
export function scaleOnCpu(service: ecs.FargateService, options: ScalingOptions): ecs.ScalableTaskCount {
  const { min, max } = capacityOf(options);
  const scaling = service.autoScaleTaskCount({ minCapacity: min, maxCapacity: max });
  scaling.scaleOnCpuUtilization('Cpu', {
    targetUtilizationPercent: options.cpuTargetPercent ?? SCALING.cpuTargetPercent,
    ...COOLDOWNS,
  });
  for (const [name, schedule] of Object.entries(sortedByName(options.schedules))) {
    // Stated, since what CDK leaves out without a time zone depends on a feature flag.
    scaling.scaleOnSchedule(name, { timeZone: TimeZone.ETC_UTC, ...schedule });
  }
  return scaling;
}

export function scaleOnMemory(scaling: ecs.ScalableTaskCount, targetPercent?: number): void {
  scaling.scaleOnMemoryUtilization('Memory', {
    targetUtilizationPercent: targetPercent ?? SCALING.memoryTargetPercent,
    ...COOLDOWNS,
  });
}

/**
 * Scales by requests per task. The L2's `scaleOnRequestCount` needs the target group's construct; with an imported one
 * it renders the label "undefined/undefined" (aws-cdk issue 16933).
 */
export function scaleOnRequests(
  scope: Construct,
  scaling: ecs.ScalableTaskCount,
  loadBalancerFullName: string,
  targetGroupFullName: string,
  requestsPerMinute?: number,
): void {
  new appscaling.TargetTrackingScalingPolicy(scope, 'RequestCountScaling', {
    scalingTarget: scalableTargetOf(scaling),
    predefinedMetric: appscaling.PredefinedMetric.ALB_REQUEST_COUNT_PER_TARGET,
    resourceLabel: `${loadBalancerFullName}/${targetGroupFullName}`,
    targetValue: requestsPerMinute ?? SCALING.requestsPerTaskPerMinute,
    ...COOLDOWNS,
  });
}

/**
 * Scales by messages per task, over all queues: those that wait and those in work, since a task that works on the last
 * message must not be taken away. Metrics are found by name, so the queues may belong to any stack.
 *
 * An L1, because the L2 refuses metric math (aws-cdk issue 20659).
 */
export function scaleOnBacklog(
  scope: Construct,
  scaling: ecs.ScalableTaskCount,
  service: ecs.FargateService,
  queueNames: string[],
  backlogPerTask?: number,
): void {
  const messages = queueNames.flatMap((queueName, index) => [
    queueMetric(`waiting${index}`, 'ApproximateNumberOfMessagesVisible', queueName),
    queueMetric(`working${index}`, 'ApproximateNumberOfMessagesNotVisible', queueName),
  ]);
  // SQS reports nothing of a queue that was not used for six hours; without a value there would be no sum at all.
  const sum = messages.map(({ id }) => `FILL(${id}, 0)`).join(' + ');
  new appscaling.CfnScalingPolicy(scope, 'BacklogScaling', {
    policyName: `${service.node.path.replace(/[^A-Za-z0-9]/g, '')}Backlog`.slice(-255),
    policyType: 'TargetTrackingScaling',
    scalingTargetId: scalableTargetOf(scaling).scalableTargetId,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: backlogPerTask ?? SCALING.backlogPerTask,
      scaleInCooldown: SCALING.scaleInCooldownSeconds,
      scaleOutCooldown: SCALING.scaleOutCooldownSeconds,
      customizedMetricSpecification: {
        metrics: [
          ...messages,
          runningTasks(service),
          { id: 'backlogPerTask', expression: `(${sum}) / running`, label: 'Messages per task', returnData: true },
        ],
      },
    },
  });
}

function queueMetric(id: string, metricName: string, queueName: string) {
  const dimensions = [{ name: 'QueueName', value: queueName }];
  return {
    id,
    metricStat: { stat: 'Average', metric: { namespace: 'AWS/SQS', metricName, dimensions } },
    returnData: false,
  };
}

function runningTasks(service: ecs.FargateService) {
  const dimensions = [
    { name: 'ClusterName', value: service.cluster.clusterName },
    { name: 'ServiceName', value: service.serviceName },
  ];
  const metric = { namespace: 'ECS/ContainerInsights', metricName: 'RunningTaskCount', dimensions };
  return { id: 'running', metricStat: { stat: 'Average', metric }, returnData: false };
}

function capacityOf({ minCapacity, maxCapacity }: ScalingOptions): { min: number; max: number } {
  const min = minCapacity ?? CAPACITY.min;
  return { min, max: maxCapacity ?? (Token.isUnresolved(min) ? CAPACITY.max : Math.max(CAPACITY.max, min)) };
}

/** ECS keeps its scalable target to itself; policies that the L2 does not offer need it. */
function scalableTargetOf(scaling: ecs.ScalableTaskCount): appscaling.ScalableTarget {
  return scaling.node.findChild('Target') as appscaling.ScalableTarget;
}
