import type { PropsValidation } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { CONTAINER_HEALTH_CHECK } from './defaults';

/** Adds to `validation` when a command is none that ECS knows how to run. */
export function validateHealthCheck(validation: PropsValidation, prop: string, command?: string[]): void {
  validation.holds(
    command === undefined || (/^CMD(-SHELL)?$/.test(command[0] ?? '') && command.length > 1),
    `${prop} must start with "CMD" or "CMD-SHELL" and go on with a command, got ${JSON.stringify(command)}`,
  );
}

export function healthCheck(command?: string[]): ecs.HealthCheck | undefined {
  return (
    command && {
      command,
      interval: Duration.seconds(CONTAINER_HEALTH_CHECK.intervalSeconds),
      timeout: Duration.seconds(CONTAINER_HEALTH_CHECK.timeoutSeconds),
      retries: CONTAINER_HEALTH_CHECK.retries,
      startPeriod: Duration.seconds(CONTAINER_HEALTH_CHECK.startPeriodSeconds),
    }
  );
}
