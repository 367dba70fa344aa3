import { PropsValidation } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import type { Construct } from 'constructs';
import type { ServiceOptions, ServiceSettings } from '../service-options';
import { APPLICATION_PORT, DISCOVERY_TTL_SECONDS, HEALTH_CHECK_GRACE_SECONDS } from './defaults';
import { type TaskInput, validateTask } from './task';

export interface ServiceInput {
  readonly name: keyof typeof HEALTH_CHECK_GRACE_SECONDS;
  readonly props: ServiceSettings & ServiceOptions;
}

export interface ServiceBehaviour {
  readonly minHealthyPercent: number;
  readonly maxHealthyPercent: number;
  readonly availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing;
  readonly capacityProviderStrategies: ecs.CapacityProviderStrategy[];
  /** Left out where autoscaling decides: a value would undo its work at every deployment. */
  readonly desiredCount?: number;
}

/** Rolling updates that add a task before they take one away. */
export const ROLLING = {
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
  availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
};

/** A capacity provider strategy even where all is on demand, since a change from a launch type replaces the service. */
export const ON_DEMAND: ecs.CapacityProviderStrategy[] = [{ capacityProvider: 'FARGATE', weight: 1 }];

export function taskInputOf({ name, props }: ServiceInput): TaskInput {
  return {
    name,
    settings: props,
    options: props,
    port: props.port ?? APPLICATION_PORT,
    healthCheckCommand: props.healthCheckCommand,
    enableExecuteCommand: props.enableExecuteCommand,
  };
}

/** Adds what is wrong with a service's props to `validation`. */
export function validateService(validation: PropsValidation, input: ServiceInput): void {
  validateTask(validation, taskInputOf(input));
  const { props } = input;
  validation.inRange('port', 1, 65535, props.port);
  validation.inRange('healthCheckGracePeriod (seconds)', 0, 2147483647, props.healthCheckGracePeriod?.toSeconds());
  validation.holds(
    props.healthCheckCommand === undefined || /^CMD(-SHELL)?$/.test(props.healthCheckCommand[0] ?? ''),
    `healthCheckCommand must start with "CMD" or "CMD-SHELL", got ${JSON.stringify(props.healthCheckCommand)}`,
  );
}

/** A Fargate service that runs a task definition, registered in its target group and in service discovery. */
export function createService(
  scope: Construct,
  { name, props }: ServiceInput,
  taskDefinition: ecs.FargateTaskDefinition,
  behaviour: ServiceBehaviour,
): ecs.FargateService {
  const service = new ecs.FargateService(scope, 'Service', {
    ...behaviour,
    cluster: props.cluster,
    taskDefinition,
    securityGroups: [props.securityGroup],
    vpcSubnets: props.vpcSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
    assignPublicIp: false,
    circuitBreaker: { enable: true, rollback: true },
    healthCheckGracePeriod: props.healthCheckGracePeriod ?? Duration.seconds(HEALTH_CHECK_GRACE_SECONDS[name]),
    enableExecuteCommand: props.enableExecuteCommand ?? false,
    enableECSManagedTags: true,
    propagateTags: ecs.PropagatedTagSource.SERVICE,
    cloudMapOptions: props.discoveryNamespace && {
      name,
      cloudMapNamespace: props.discoveryNamespace,
      dnsRecordType: servicediscovery.DnsRecordType.A,
      dnsTtl: Duration.seconds(DISCOVERY_TTL_SECONDS),
    },
  });
  attachToTargetGroup(service, name, props);
  // The task definition's roles do not lead here to the policies that their owner writes; tasks need these to start.
  service.node.addDependency(props.executionRole, props.taskRole);
  return service;
}

/**
 * Sets the property itself: the L2's `attachToApplicationTargetGroup` also writes rules into both security groups,
 * which belong to another stack.
 */
function attachToTargetGroup(
  service: ecs.FargateService,
  containerName: string,
  props: ServiceSettings & ServiceOptions,
) {
  const resource = service.node.defaultChild as ecs.CfnService;
  resource.loadBalancers = [
    { targetGroupArn: props.targetGroup.targetGroupArn, containerName, containerPort: props.port ?? APPLICATION_PORT },
  ];
  service.node.addDependency(props.targetGroup.loadBalancerAttached);
}
