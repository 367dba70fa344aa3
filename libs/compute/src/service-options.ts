import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import type { TaskOptions, TaskSettings } from './task-options';

/** What all services of a backend have in common. */
export interface ServiceSettings extends TaskSettings {
  /** The cluster in which the service runs. It must have the capacity providers FARGATE and FARGATE_SPOT. */
  readonly cluster: ecs.ICluster;

  /** The tasks' security group. No rule is added to it: its owner lets the load balancer reach `port`. */
  readonly securityGroup: ec2.ISecurityGroup;

  /**
   * Subnets of the tasks. They need a way to ECR, CloudWatch Logs and Secrets Manager: NAT or endpoints.
   *
   * @default - the VPC's private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Cloud Map namespace in which the service is registered under its name (`api`, `worker`, `scheduler`).
   *
   * @default - no service discovery
   */
  readonly discoveryNamespace?: servicediscovery.INamespace;

  /**
   * The port on which the containers listen; they find it in the variable `PORT`.
   *
   * @default 3000
   */
  readonly port?: number;

  /**
   * Whether `aws ecs execute-command` opens a shell in a container. The task role must allow the four `ssmmessages`
   * actions for it.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;
}

/** What one service has for itself. */
export interface ServiceOptions extends TaskOptions {
  /** The target group in which the tasks are registered. A listener must forward to it, or ECS refuses the service. */
  readonly targetGroup: elbv2.IApplicationTargetGroup;

  /**
   * How long after a task's start failed load balancer checks do not count.
   *
   * @default Duration.seconds(120) for the API, 60 for worker and scheduler
   */
  readonly healthCheckGracePeriod?: Duration;

  /**
   * A command that ends 0 in a healthy container, e.g. `['CMD-SHELL', 'curl -f http://localhost:3000/health']`.
   *
   * @default - the target group's health check alone decides
   */
  readonly healthCheckCommand?: string[];
}

/** How many tasks a service runs. */
export interface ScalingOptions {
  /**
   * The fewest tasks.
   *
   * @default 1
   */
  readonly minCapacity?: number;

  /**
   * The most tasks.
   *
   * @default - 4, or `minCapacity` where that is more
   */
  readonly maxCapacity?: number;

  /**
   * The CPU utilization that scaling aims at, in percent.
   *
   * @default 60
   */
  readonly cpuTargetPercent?: number;
}
