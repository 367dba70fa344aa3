import type { PropsValidation } from '@v3-backend/core';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Sidecar, TaskOptions } from '../task-options';
import { healthCheck, validateHealthCheck } from './health-check';
import { sortedByName } from './sorted-by-name';

/** Adds what is wrong with a task's sidecars to `validation`. */
export function validateSidecars(
  validation: PropsValidation,
  mainContainer: string,
  sidecars: { [name: string]: Sidecar } = {},
): void {
  for (const [name, sidecar] of Object.entries(sidecars)) {
    validation.matches('sidecars: a name', '[A-Za-z0-9_-]{1,255}', '1 to 255 letters, digits, "_" or "-"', name);
    validation.holds(name !== mainContainer, `sidecars must not have ${name}: that is the main container’s name`);
    validation.inRange(`sidecars.${name}.memoryReservationMiB`, 6, 122880, sidecar.memoryReservationMiB);
    validation.holds(
      !(sidecar.essential && mainContainer === 'migration'),
      `sidecars.${name}.essential must not be true in the migration: its end would cut the migration off`,
    );
    validateHealthCheck(validation, `sidecars.${name}.healthCheckCommand`, sidecar.healthCheckCommand);
  }
}

/** Adds the sidecars to the task of the main container, which starts after them. */
export function addSidecars(main: ecs.ContainerDefinition, { sidecars, logGroup }: TaskOptions): void {
  for (const [name, sidecar] of Object.entries(sortedByName(sidecars))) {
    const container = main.taskDefinition.addContainer(name, {
      image: sidecar.image,
      command: sidecar.command,
      environment: sortedByName(sidecar.environment),
      secrets: sortedByName(sidecar.secrets),
      essential: sidecar.essential ?? false,
      memoryReservationMiB: sidecar.memoryReservationMiB,
      healthCheck: healthCheck(sidecar.healthCheckCommand),
      logging: ecs.LogDrivers.awsLogs({
        logGroup,
        streamPrefix: name,
        mode: ecs.AwsLogDriverMode.NON_BLOCKING,
      }),
    });
    main.addContainerDependencies({
      container,
      condition: sidecar.healthCheckCommand
        ? ecs.ContainerDependencyCondition.HEALTHY
        : ecs.ContainerDependencyCondition.START,
    });
  }
}
