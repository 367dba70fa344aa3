import type { AssembledStack } from '../assembly/assembly';
import { constructPath } from '../assembly/template';
import { PULL_SECONDS_PER_MIB } from './figures';
import { type ContainerFacts, rollSettings, type RollSettings } from './service-roll';

/** From where on a setting makes updates slow, in seconds, and an image, in MiB. */
const SLOW = { deregistrationDelay: 60, healthCheckInterval: 15, stopTimeout: 120, imageMiB: 500 };

/**
 * What makes the updates of the ECS services of some stacks slow, or lets a bad one run on; one sentence for each.
 *
 * @param all every stack of the app, for what the services refer to.
 */
export function rollAdvice(
  stacks: readonly Pick<AssembledStack, 'template'>[],
  all: readonly Pick<AssembledStack, 'template'>[],
  facts: ContainerFacts,
): string[] {
  return stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources ?? {})
      .filter(([, { Type }]) => Type === 'AWS::ECS::Service')
      .flatMap(([logicalId, { Properties = {} }]) => {
        const service = constructPath(stack.template, logicalId) ?? logicalId;
        return adviceFor(rollSettings(Properties, stack, all), facts).map((advice) => `${service}: ${advice}`);
      }),
  );
}

function adviceFor(settings: RollSettings, { imageMiB = 0 }: ContainerFacts): string[] {
  const { deregistrationDelay, healthCheckInterval, stopTimeout, batches } = settings;
  const advice: [boolean, string][] = [
    [
      deregistrationDelay > SLOW.deregistrationDelay,
      `each update waits ${deregistrationDelay} s for open requests (deregistration delay); ` +
        `${SLOW.deregistrationDelay} s are enough unless requests take longer`,
    ],
    [
      imageMiB > SLOW.imageMiB,
      `each new task pulls an image of ${imageMiB} MiB, which takes about ${Math.round(imageMiB * PULL_SECONDS_PER_MIB)} s; below ` +
        `${SLOW.imageMiB} MiB it is less than ${Math.round(SLOW.imageMiB * PULL_SECONDS_PER_MIB)} s`,
    ],
    [
      (healthCheckInterval ?? 0) > SLOW.healthCheckInterval,
      `a new task waits up to ${healthCheckInterval} s for its first health check; check every ` +
        `${SLOW.healthCheckInterval} s or more often`,
    ],
    [
      stopTimeout > SLOW.stopTimeout,
      `a task that does not end may run on for ${stopTimeout} s (stop timeout); Fargate allows ${SLOW.stopTimeout} s`,
    ],
    [
      healthCheckInterval === undefined && !settings.hasContainerHealthCheck,
      'nothing checks its tasks, so that each one counts as healthy only after 40 s; give a container a health check',
    ],
    [batches > 1, `its tasks are replaced in ${batches} rounds; let the maximum be 100 percent above the minimum`],
    [!settings.hasCircuitBreaker, 'a release that does not start is tried for hours; switch on the circuit breaker'],
  ];
  return advice.flatMap(([applies, text]) => (applies ? [text] : []));
}
