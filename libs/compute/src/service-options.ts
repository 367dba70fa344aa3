import type { Duration, TimeZone } from 'aws-cdk-lib';
import type * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
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
   * Whether services also reach each other through Service Connect, as `http://api:3000`: a proxy in each task that
   * balances, retries and measures. It needs about 256 CPU units and 64 MiB of each task, the `discoveryNamespace`, and a
   * rule in `securityGroup` that lets tasks reach tasks on `port`.
   *
   * @default false
   */
  readonly serviceConnect?: boolean;

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
  /**
   * The target group in which the tasks are registered. A listener must forward to it, or ECS refuses the service.
   *
   * @default - the service is behind no load balancer; give it a `healthCheckCommand`
   */
  readonly targetGroup?: elbv2.IApplicationTargetGroup;

  /**
   * How long after a task's start failed load balancer checks do not count.
   *
   * @default Duration.seconds(120) for the API, 60 for worker and scheduler; none without a target group
   */
  readonly healthCheckGracePeriod?: Duration;

  /**
   * A command that ends 0 in a healthy container, e.g. `['CMD-SHELL', 'curl -f http://localhost:3000/health']`.
   *
   * @default - the target group's health check alone decides
   */
  readonly healthCheckCommand?: string[];

  /**
   * Alarms that fail a deployment and roll it back when they go off during it. They must exist before the service does,
   * and must not be in alarm when the deployment starts, or ECS leaves them out. Alarms on the service's own metrics are
   * given as `Alarm.fromAlarmName`: else service and alarm would each need the other first.
   *
   * @default - none; the circuit breaker alone decides
   */
  readonly deploymentAlarms?: cloudwatch.IAlarm[];
}

/** Other bounds for the number of tasks, from a time on. */
export interface ScheduledCapacity {
  /** When the bounds begin to hold; they hold until another schedule's time. */
  readonly schedule: appscaling.Schedule;

  /**
   * The time zone of `schedule`.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;

  /**
   * The fewest tasks.
   *
   * @default - as before
   */
  readonly minCapacity?: number;

  /**
   * The most tasks.
   *
   * @default - as before
   */
  readonly maxCapacity?: number;
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

  /**
   * Other bounds at certain times, by a name of your choice, e.g. `night` and `morning`.
   *
   * A deployment that changes `minCapacity` or `maxCapacity` puts these in force until the next schedule's time.
   *
   * @default - the same bounds at all times
   */
  readonly schedules?: { [name: string]: ScheduledCapacity };

  /**
   * The share of tasks on Fargate Spot, in percent. AWS takes these away with two minutes' notice. Below 100, the first
   * task is always on demand.
   *
   * @default 0
   */
  readonly spotPercent?: number;

  /**
   * The fewest healthy tasks during an update, in percent of those wanted: 0 to 100.
   *
   * @default 100
   */
  readonly minHealthyPercent?: number;

  /**
   * The most tasks during an update, in percent of those wanted: 100 to 200. Above 100 unless `minHealthyPercent` is
   * below it: else nothing could ever be replaced.
   *
   * @default 200
   */
  readonly maxHealthyPercent?: number;

  /**
   * Whether ECS moves tasks when zones have unequal numbers of them. It starts a task before it stops one, so
   * `maxHealthyPercent` must be above 100.
   *
   * @default true
   */
  readonly availabilityZoneRebalancing?: boolean;
}
