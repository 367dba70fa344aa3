import { PropsValidation } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import type { Construct } from 'constructs';
import type { ServiceOptions, ServiceSettings } from '../service-options';
import type { TrafficShift } from '../traffic-shift';
import { APPLICATION_PORT, DISCOVERY_TTL_SECONDS, HEALTH_CHECK_GRACE_SECONDS } from './defaults';
import { validateHealthCheck } from './health-check';
import { serviceConnect } from './service-connect';
import { type TaskInput, validateTask } from './task';

export interface ServiceInput {
  readonly name: keyof typeof HEALTH_CHECK_GRACE_SECONDS;
  readonly props: ServiceSettings & ServiceOptions & { readonly trafficShift?: TrafficShift };
}

export interface ServiceBehaviour {
  readonly minHealthyPercent: number;
  readonly maxHealthyPercent: number;
  readonly availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing;
  readonly capacityProviderStrategies: ecs.CapacityProviderStrategy[];
  /** Left out where autoscaling decides: a value would undo its work at every deployment. */
  readonly desiredCount?: number;
}

export function taskInputOf({ name, props }: ServiceInput): TaskInput {
  return {
    name,
    settings: props,
    options: props,
    port: props.port ?? APPLICATION_PORT,
    healthCheckCommand: props.healthCheckCommand,
    enableExecuteCommand: props.enableExecuteCommand,
    serviceConnect: props.serviceConnect,
  };
}

/** Adds what is wrong with a service's props to `validation`. */
export function validateService(validation: PropsValidation, input: ServiceInput): void {
  validateTask(validation, taskInputOf(input));
  const { props } = input;
  validation.inRange('port', 1, 65535, props.port);
  validation.inRange('healthCheckGracePeriod (seconds)', 0, 2147483647, props.healthCheckGracePeriod?.toSeconds());
  validateHealthCheck(validation, 'healthCheckCommand', props.healthCheckCommand);
  validation.holds(
    props.healthCheckGracePeriod === undefined || props.targetGroup !== undefined,
    'healthCheckGracePeriod is about a load balancer’s checks: give a targetGroup, or leave it out',
  );
  validation.holds(
    !props.serviceConnect || props.discoveryNamespace !== undefined,
    'serviceConnect needs a discoveryNamespace, in which the services are registered',
  );
  props.trafficShift?._validate(validation, props.targetGroup);
}

/** A Fargate service that runs a task definition, registered in its target group and in service discovery. */
export function createService(
  scope: Construct,
  { name, props }: ServiceInput,
  taskDefinition: ecs.FargateTaskDefinition,
  behaviour: ServiceBehaviour,
): ecs.FargateService {
  const { targetGroup, deploymentAlarms = [] } = props;
  const gracePeriod = props.healthCheckGracePeriod ?? Duration.seconds(HEALTH_CHECK_GRACE_SECONDS[name]);
  const trafficShift = props.trafficShift?._bind(scope);
  const service = new ecs.FargateService(scope, 'Service', {
    ...behaviour,
    ...trafficShift?.service,
    cluster: props.cluster,
    taskDefinition,
    securityGroups: [props.securityGroup],
    vpcSubnets: props.vpcSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
    assignPublicIp: false,
    circuitBreaker: { enable: true, rollback: true },
    deploymentAlarms:
      deploymentAlarms.length === 0
        ? undefined
        : {
            alarmNames: deploymentAlarms.map(({ alarmName }) => alarmName),
            behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM,
          },
    healthCheckGracePeriod: targetGroup && gracePeriod,
    enableExecuteCommand: props.enableExecuteCommand ?? false,
    enableECSManagedTags: true,
    propagateTags: ecs.PropagatedTagSource.SERVICE,
    serviceConnectConfiguration: props.serviceConnect ? serviceConnect(name, props) : undefined,
    cloudMapOptions: props.discoveryNamespace && {
      name,
      cloudMapNamespace: props.discoveryNamespace,
      dnsRecordType: servicediscovery.DnsRecordType.A,
      dnsTtl: Duration.seconds(DISCOVERY_TTL_SECONDS),
    },
  });
  if (targetGroup) {
    // The property itself: the L2's `attachToApplicationTargetGroup` also writes rules into both security groups, which
    // belong to another stack.
    (service.node.defaultChild as ecs.CfnService).loadBalancers = [
      {
        targetGroupArn: targetGroup.targetGroupArn,
        containerName: name,
        containerPort: props.port ?? APPLICATION_PORT,
        advancedConfiguration: trafficShift?.loadBalancer,
      },
    ];
    service.node.addDependency(targetGroup.loadBalancerAttached);
  }
  // The task definition's roles do not lead here to the policies that their owner writes; tasks need these to start.
  service.node.addDependency(props.executionRole, props.taskRole);
  return service;
}
