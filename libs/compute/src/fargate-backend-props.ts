import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { ApiOptions } from './api-service';
import type { ServiceOptions } from './service-options';
import type { TaskOptions } from './task-options';
import type { WorkerOptions } from './worker-service';

/** What the migration has for itself. */
export interface MigrationOptions extends TaskOptions {
  /**
   * Whether a deployment runs the task, for each new revision of it, and updates the services only when it has succeeded;
   * see `MigrationRun`. Otherwise whoever deploys runs it.
   *
   * @default true
   */
  readonly runBeforeServices?: boolean;

  /**
   * After how long the task is stopped and the deployment fails: 1 to 55 minutes.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;
}

/** Properties of a `FargateBackend`. */
export interface FargateBackendProps {
  /** The network in which the tasks run. */
  readonly vpc: ec2.IVpc;

  /** The tasks' security group. No rule is added to it: its owner lets the load balancer reach `port`. */
  readonly securityGroup: ec2.ISecurityGroup;

  /** The repository of the image that every service runs. Nothing is granted on it. */
  readonly repository: ecr.IRepository;

  /** The image's tag, or its digest, `sha256:…`; see `ImageTagParameter` for one that is given at deployment. */
  readonly imageTag: string;

  /** The role with which ECS pulls the image, reads the secrets and writes the logs. Nothing is added to its policies. */
  readonly executionRole: iam.IRole;

  /** The role of the code in the containers. Nothing is added to its policies. */
  readonly taskRole: iam.IRole;

  /** The service that answers requests. */
  readonly api: ApiOptions;

  /** The service that works on queued jobs. */
  readonly worker: WorkerOptions;

  /** The service that starts jobs by the clock. */
  readonly scheduler: ServiceOptions;

  /** The task that migrates the database's schema. */
  readonly migration: MigrationOptions;

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
   * The port on which the containers of API, worker and scheduler listen.
   *
   * @default 3000
   */
  readonly port?: number;

  /**
   * The processor the image is built for.
   *
   * @default ecs.CpuArchitecture.ARM64
   */
  readonly cpuArchitecture?: ecs.CpuArchitecture;

  /**
   * Whether containers can write to `/tmp` only.
   *
   * @default true, unless `enableExecuteCommand` is true
   */
  readonly readonlyRootFilesystem?: boolean;

  /**
   * Whether `aws ecs execute-command` opens a shell in a container.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;

  /**
   * Subnets of the tasks.
   *
   * @default - the VPC's private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Domain under which services find each other.
   *
   * @default 'backend.internal'
   */
  readonly namespaceName?: string;

  /**
   * Whether services also reach each other through Service Connect, as `http://api:3000`; see `ServiceSettings`.
   *
   * @default false
   */
  readonly serviceConnect?: boolean;

  /**
   * Secrets whose rotation replaces all tasks, which read secrets only as they start; see `ServiceRestart`.
   *
   * @default - none: tasks keep what they have read
   */
  readonly restartOnRotationOf?: secretsmanager.ISecret[];

  /**
   * Events of the default bus that replace all tasks, by a name of your choice; e.g. that DATABASE_URL was written anew.
   *
   * @default - none
   */
  readonly restartOn?: { [name: string]: events.EventPattern };

  /**
   * What CloudWatch records of the cluster.
   *
   * @default ecs.ContainerInsights.ENABLED
   */
  readonly containerInsights?: ecs.ContainerInsights;
}
