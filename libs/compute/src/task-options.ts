import type { Duration } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';

/** What all tasks of a backend have in common. */
export interface TaskSettings {
  /**
   * The image that every container runs. Which part of the backend it is to be, it reads from its `SERVICE` variable
   * (`api`, `worker`, `scheduler`, `migration`), or is told by `command`.
   */
  readonly image: ecs.ContainerImage;

  /**
   * The role with which ECS pulls the image, reads the secrets and writes the logs.
   *
   * Nothing is added to its policies: whoever owns it grants what the tasks need.
   */
  readonly executionRole: iam.IRole;

  /** The role of the code in the containers. Nothing is added to its policies. */
  readonly taskRole: iam.IRole;

  /**
   * Environment variables of every container. No secrets: anyone who may describe a task definition reads them.
   *
   * @default - only `SERVICE`, and `PORT` where the container listens
   */
  readonly environment?: { [name: string]: string };

  /**
   * Environment variables of every container that ECS reads from Secrets Manager or SSM when a task starts.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: ecs.Secret };

  /**
   * The processor the image is built for. A mismatch shows when the task starts, as "exec format error".
   *
   * @default ecs.CpuArchitecture.ARM64
   */
  readonly cpuArchitecture?: ecs.CpuArchitecture;

  /**
   * Whether containers can write to `/tmp` only.
   *
   * `/tmp` is an empty volume that belongs to root, unless the image declares `VOLUME /tmp` with other permissions.
   *
   * @default true, unless `enableExecuteCommand` is true: the agent that ECS puts into the container must write
   */
  readonly readonlyRootFilesystem?: boolean;
}

/** What one task has for itself. */
export interface TaskOptions {
  /** Where the container's output goes. */
  readonly logGroup: logs.ILogGroup;

  /**
   * Name of the task definition's family.
   *
   * @default - made from the construct's path
   */
  readonly family?: string;

  /**
   * CPU units: 256, 512, 1024, 2048, 4096, 8192 or 16384.
   *
   * @default 256
   */
  readonly cpu?: number;

  /**
   * Memory, in MiB; what Fargate offers for `cpu`.
   *
   * @default 512
   */
  readonly memoryMiB?: number;

  /**
   * What the container runs.
   *
   * @default - the image's own command
   */
  readonly command?: string[];

  /**
   * Environment variables of this container, besides the common ones; they win.
   *
   * @default - none
   */
  readonly environmentOverrides?: { [name: string]: string };

  /**
   * How long a container may take to stop after SIGTERM, before it is killed; at most 120 seconds.
   *
   * @default Duration.seconds(60) for the API, 30 for the scheduler, 120 for the worker and the migration
   */
  readonly stopTimeout?: Duration;

  /**
   * Disk of the task, in GiB: 21 to 200. It is gone with the task.
   *
   * @default - 20, which Fargate gives without extra cost
   */
  readonly ephemeralStorageGiB?: number;

  /**
   * Containers beside the main one, by name, e.g. `otel`. They share its network, CPU and memory.
   *
   * @default - none
   */
  readonly sidecars?: { [name: string]: Sidecar };
}

/** A container beside the main one, e.g. a collector of traces. Its output goes to the main container's log group. */
export interface Sidecar {
  /** What it runs. */
  readonly image: ecs.ContainerImage;

  /**
   * The command.
   *
   * @default - the image's own
   */
  readonly command?: string[];

  /**
   * Environment variables; the main container's are not passed on.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Environment variables that ECS reads from Secrets Manager or SSM when the task starts.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: ecs.Secret };

  /**
   * Whether the task ends when this container does. Not possible in the migration, whose own end must decide.
   *
   * @default false
   */
  readonly essential?: boolean;

  /**
   * Memory that is kept free for it, in MiB, 6 at least.
   *
   * @default - none
   */
  readonly memoryReservationMiB?: number;

  /**
   * A command that ends 0 when it is healthy, as in `healthCheckCommand`. The main container starts only then.
   *
   * @default - the main container starts as soon as this one has
   */
  readonly healthCheckCommand?: string[];
}
