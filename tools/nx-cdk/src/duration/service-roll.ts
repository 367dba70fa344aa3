import type { AssembledStack } from '../assembly/assembly';
import { type Estimate, longest, sum } from './estimate';
import { TASK, taskStart } from './figures';
import { resolve } from './references';

/** What decides how long an ECS service takes to replace its tasks; times in seconds. */
export interface RollSettings {
  /** Rounds in which the tasks are replaced. */
  readonly batches: number;
  /** Between two health checks of the load balancer; undefined for a service without one. */
  readonly healthCheckInterval?: number;
  /** For which the load balancer lets requests end; 0 for a service without one. */
  readonly deregistrationDelay: number;
  /** After which a task that does not end is killed. */
  readonly stopTimeout: number;
  /** Whether a container that must not end has a health check of its own. */
  readonly hasContainerHealthCheck: boolean;
  readonly hasCircuitBreaker: boolean;
}

/** What the templates do not say of a service's containers. */
export interface ContainerFacts {
  /** Compressed size of the image. */
  readonly imageMiB?: number;
  /** Whether they take their stop timeout to end. */
  readonly ignoresSigterm?: boolean;
}

const DEFAULTS = { interval: 30, deregistrationDelay: 300, stopTimeout: 30 };

/**
 * Without a load balancer and without a health check of its own, a task counts as healthy only after 40 seconds (Amazon ECS
 * API reference, `DeploymentConfiguration`).
 */
const WITHOUT_CHECKS: Estimate = { typical: 40, high: 40 };

/** Reads the settings of a service from its own template and, for what is in other stacks, from theirs. */
export function rollSettings(
  properties: Readonly<Record<string, unknown>>,
  stack: Pick<AssembledStack, 'template'>,
  stacks: readonly Pick<AssembledStack, 'template'>[],
): RollSettings {
  const balancers = list(properties['LoadBalancers']);
  const groups = balancers.map(
    ({ TargetGroupArn }) => resolve(TargetGroupArn, stack, stacks)?.resource.Properties ?? {},
  );
  const containers = list(
    resolve(properties['TaskDefinition'], stack, stacks)?.resource.Properties?.['ContainerDefinitions'],
  );
  const deployment = record(properties['DeploymentConfiguration']);
  const spare = number(deployment['MaximumPercent'], 200) - number(deployment['MinimumHealthyPercent'], 100);
  return {
    batches: Math.max(1, Math.ceil(100 / Math.max(1, spare))),
    healthCheckInterval:
      groups.length === 0
        ? undefined
        : Math.max(...groups.map((group) => number(group['HealthCheckIntervalSeconds'], DEFAULTS.interval))),
    deregistrationDelay: Math.max(0, ...groups.map(deregistrationDelay)),
    stopTimeout: Math.max(0, ...containers.map(({ StopTimeout }) => number(StopTimeout, DEFAULTS.stopTimeout))),
    hasContainerHealthCheck: containers.some(({ HealthCheck }) => HealthCheck !== undefined),
    hasCircuitBreaker: record(deployment['DeploymentCircuitBreaker'])['Enable'] === true,
  };
}

/** How long a service takes to run its first tasks. */
export function firstTasks(settings: RollSettings, { imageMiB }: ContainerFacts = {}): Estimate {
  return sum(taskStart(imageMiB), TASK.boot, untilHealthy(settings), TASK.settle);
}

/** How long a service takes to replace its tasks: each batch starts, becomes healthy, and is drained and stopped. */
export function rollingUpdate(settings: RollSettings, facts: ContainerFacts = {}): Estimate {
  const batch = sum(taskStart(facts.imageMiB), TASK.boot, untilHealthy(settings), untilEnded(settings, facts));
  return sum(...Array.from({ length: settings.batches }, () => batch), TASK.settle);
}

/**
 * How long a service takes to end all its tasks when it is deleted. One took 57 s in the Terraform log of
 * knowledgefutures/pubplatform pull request 1193.
 */
export function lastTasks(settings: RollSettings, facts: ContainerFacts = {}): Estimate {
  return sum(untilEnded(settings, facts), TASK.settle);
}

/** The load balancer lets requests end, then the process ends. */
function untilEnded({ deregistrationDelay: delay, stopTimeout }: RollSettings, facts: ContainerFacts): Estimate {
  const stop = facts.ignoresSigterm
    ? { typical: stopTimeout, high: stopTimeout }
    : { typical: Math.min(TASK.stop.typical, stopTimeout), high: Math.min(TASK.stop.high, stopTimeout) };
  return sum({ typical: delay, high: delay }, stop);
}

/**
 * A new target needs one successful check, whatever the threshold (Amazon ECS developer guide,
 * `load-balancer-healthcheck`), and waits for it for half an interval on average.
 */
function untilHealthy({ healthCheckInterval: interval, hasContainerHealthCheck }: RollSettings): Estimate {
  const balancer = interval === undefined ? [] : [{ typical: interval / 2, high: interval }];
  return longest(balancer.length === 0 && !hasContainerHealthCheck ? [WITHOUT_CHECKS] : balancer);
}

function deregistrationDelay(group: Readonly<Record<string, unknown>>): number {
  const attribute = list(group['TargetGroupAttributes']).find(
    ({ Key }) => Key === 'deregistration_delay.timeout_seconds',
  );
  return number(attribute?.['Value'], DEFAULTS.deregistrationDelay);
}

const record = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;

const list = (value: unknown) => (Array.isArray(value) ? value : []).map(record);

const number = (value: unknown, otherwise: number) =>
  value === undefined || Number.isNaN(Number(value)) ? otherwise : Number(value);
