import { PropsValidation } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { TaskOptions, TaskSettings } from '../task-options';
import { STOP_TIMEOUT_SECONDS, TASK_SIZE } from './defaults';
import { validateFargateSize } from './fargate-size';
import { healthCheck } from './health-check';
import { addSidecars, validateSidecars } from './sidecars';
import { sortedByName } from './sorted-by-name';

/** What the container's port is called where others refer to it. */
export const HTTP_PORT_NAME = 'http';

/** The four things that the image can be. */
export type ServiceName = keyof typeof STOP_TIMEOUT_SECONDS;

export interface TaskInput {
  readonly name: ServiceName;
  readonly settings: TaskSettings;
  readonly options: TaskOptions;
  /** Where the container listens, if it does. */
  readonly port?: number;
  readonly healthCheckCommand?: string[];
  readonly enableExecuteCommand?: boolean;
  readonly serviceConnect?: boolean;
}

/** Adds what is wrong with a task's props to `validation`. */
export function validateTask(validation: PropsValidation, { settings, options, ...input }: TaskInput): void {
  validateFargateSize(validation, options.cpu ?? TASK_SIZE.cpu, options.memoryMiB ?? TASK_SIZE.memoryMiB);
  validation.inRange('stopTimeout (seconds)', 0, 120, options.stopTimeout?.toSeconds());
  validation.inRange('ephemeralStorageGiB', 21, 200, options.ephemeralStorageGiB);
  validation.matches('family', '[A-Za-z0-9_-]{1,255}', '1 to 255 letters, digits, "_" or "-"', options.family);
  validation.holds(options.command?.length !== 0, 'command must not be empty; leave it out to run the image’s own');
  validateSidecars(validation, input.name, options.sidecars);
  validation.holds(
    !(input.enableExecuteCommand && settings.readonlyRootFilesystem),
    'readonlyRootFilesystem must not be true where enableExecuteCommand is true: the ECS agent in the container writes',
  );
  const variables = { ...settings.environment, ...options.environmentOverrides };
  for (const name of Object.keys(settings.secrets ?? {})) {
    validation.holds(!(name in variables), `secrets and environment must not both have ${name}; remove it from one`);
  }
}

/** A Fargate task definition with its one container, named like the service. */
export function createTask(scope: Construct, input: TaskInput): ecs.FargateTaskDefinition {
  const { name, settings, options, port } = input;
  const taskDefinition = new ecs.FargateTaskDefinition(scope, 'TaskDefinition', {
    family: options.family,
    cpu: options.cpu ?? TASK_SIZE.cpu,
    memoryLimitMiB: options.memoryMiB ?? TASK_SIZE.memoryMiB,
    ephemeralStorageGiB: options.ephemeralStorageGiB,
    executionRole: withoutPolicyUpdates(settings.executionRole),
    taskRole: withoutPolicyUpdates(settings.taskRole),
    runtimePlatform: {
      cpuArchitecture: settings.cpuArchitecture ?? ecs.CpuArchitecture.ARM64,
      operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
    },
  });
  const readonlyRootFilesystem = settings.readonlyRootFilesystem ?? !input.enableExecuteCommand;
  const container = taskDefinition.addContainer(name, {
    image: settings.image,
    command: options.command,
    environment: sortedByName({
      ...settings.environment,
      SERVICE: name,
      ...(port === undefined ? {} : { PORT: String(port) }),
      ...options.environmentOverrides,
    }),
    secrets: sortedByName(settings.secrets),
    portMappings: port === undefined ? undefined : [portMapping(port, input.serviceConnect)],
    stopTimeout: options.stopTimeout ?? Duration.seconds(STOP_TIMEOUT_SECONDS[name]),
    healthCheck: healthCheck(input.healthCheckCommand),
    readonlyRootFilesystem,
    // An init process passes SIGTERM on and reaps zombies; images seldom bring one.
    linuxParameters: new ecs.LinuxParameters(scope, 'LinuxParameters', { initProcessEnabled: true }),
    // Non-blocking: a container must not stand still because CloudWatch Logs does.
    logging: ecs.LogDrivers.awsLogs({
      logGroup: options.logGroup,
      streamPrefix: name,
      mode: ecs.AwsLogDriverMode.NON_BLOCKING,
    }),
  });
  if (readonlyRootFilesystem) {
    taskDefinition.addVolume({ name: 'tmp' });
    container.addMountPoints({ sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false });
  }
  addSidecars(container, options);
  return taskDefinition;
}

/**
 * ECS constructs grant themselves what they need, which would write policies into the stack that owns the roles, and
 * from there refer back to this one: a cycle.
 */
function withoutPolicyUpdates(role: iam.IRole): iam.IRole {
  return iam.Role.isRole(role) ? role.withoutPolicyUpdates() : role;
}

/** The protocol is what Service Connect measures and retries by; ECS refuses it nowhere, but it is a new revision. */
function portMapping(containerPort: number, serviceConnect = false): ecs.PortMapping {
  return { name: HTTP_PORT_NAME, containerPort, appProtocol: serviceConnect ? ecs.AppProtocol.http : undefined };
}
