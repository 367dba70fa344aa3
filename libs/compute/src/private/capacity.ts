import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { ScalingOptions } from '../service-options';
import { ROLLING_PERCENT } from './defaults';
import type { ServiceBehaviour } from './service';

/** Adds what is wrong with how a scaled service is updated, and on what it runs, to `validation`. */
export function validateCapacity(validation: PropsValidation, options: ScalingOptions): void {
  const min = options.minHealthyPercent ?? ROLLING_PERCENT.minHealthy;
  const max = options.maxHealthyPercent ?? ROLLING_PERCENT.maxHealthy;
  validation.inRange('spotPercent', 0, 100, options.spotPercent);
  validation.inRange('minHealthyPercent', 0, 100, options.minHealthyPercent);
  validation.inRange('maxHealthyPercent', 100, 200, options.maxHealthyPercent);
  if (Token.isUnresolved(min) || Token.isUnresolved(max) || max > 100) return;
  validation.holds(
    min < 100,
    'minHealthyPercent must be below 100 where maxHealthyPercent is 100: no task could ever be replaced',
  );
  validation.holds(
    options.availabilityZoneRebalancing === false,
    'availabilityZoneRebalancing must be false where maxHealthyPercent is 100: it starts a task before it stops one',
  );
}

/** How a scaled service is updated, and on what it runs. */
export function scaledBehaviour(options: ScalingOptions): ServiceBehaviour {
  return {
    minHealthyPercent: options.minHealthyPercent ?? ROLLING_PERCENT.minHealthy,
    maxHealthyPercent: options.maxHealthyPercent ?? ROLLING_PERCENT.maxHealthy,
    availabilityZoneRebalancing:
      (options.availabilityZoneRebalancing ?? true)
        ? ecs.AvailabilityZoneRebalancing.ENABLED
        : ecs.AvailabilityZoneRebalancing.DISABLED,
    capacityProviderStrategies: options.spotPercent === undefined ? ON_DEMAND : withSpot(options.spotPercent),
  };
}

/** A strategy even where all is on demand, since a change from a launch type replaces the service. */
export const ON_DEMAND: ecs.CapacityProviderStrategy[] = [{ capacityProvider: 'FARGATE', weight: 1 }];

function withSpot(spotPercent: number): ecs.CapacityProviderStrategy[] {
  const onDemand = { capacityProvider: 'FARGATE', base: 1, weight: 100 - spotPercent };
  const spot = { capacityProvider: 'FARGATE_SPOT', weight: spotPercent };
  return [onDemand, spot].filter(({ weight }) => weight > 0);
}
