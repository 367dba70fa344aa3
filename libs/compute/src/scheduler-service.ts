import { PropsValidation } from '@v3-backend/core';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { ON_DEMAND } from './private/capacity';
import { createService, type ServiceInput, taskInputOf, validateService } from './private/service';
import { createTask } from './private/task';
import type { ServiceOptions, ServiceSettings } from './service-options';

/** Properties of a `SchedulerService`. */
export interface SchedulerServiceProps extends ServiceSettings, ServiceOptions {}

/**
 * The service that starts jobs by the clock. It is a singleton: the old task stops before the new one starts, so that no
 * job starts twice. For the minute in between, nothing is scheduled.
 */
export class SchedulerService extends Construct {
  /** The service. */
  public readonly service: ecs.FargateService;
  /** The task definition; its one container is named `scheduler`. */
  public readonly taskDefinition: ecs.FargateTaskDefinition;

  /** @throws when a prop is out of range; all problems in one error. */
  constructor(scope: Construct, id: string, props: SchedulerServiceProps) {
    super(scope, id);
    const input: ServiceInput = { name: 'scheduler', props };
    const validation = new PropsValidation(this);
    validateService(validation, input);
    validation.throwIfInvalid();

    this.taskDefinition = createTask(this, taskInputOf(input));
    this.service = createService(this, input, this.taskDefinition, {
      desiredCount: 1,
      minHealthyPercent: 0,
      maxHealthyPercent: 100,
      // Rebalancing starts the new task first, which a maximum of 100 % forbids; ECS refuses the combination.
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.DISABLED,
      capacityProviderStrategies: ON_DEMAND,
    });
  }
}
