import { PropsValidation } from '@v3-backend/core';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { scaledBehaviour } from './private/capacity';
import { scaleOnBacklog, scaleOnCpu, validateScaling } from './private/scaling';
import { createService, type ServiceInput, taskInputOf, validateService } from './private/service';
import { createTask } from './private/task';
import type { ScalingOptions, ServiceOptions, ServiceSettings } from './service-options';

/** A scaling policy's metric math takes 10 metrics at most: two for each queue, and the running tasks. */
const MAX_QUEUES = 4;

/** What the worker has for itself. */
export interface WorkerOptions extends ServiceOptions, ScalingOptions {
  /**
   * The queues whose backlog the worker is scaled on, 4 at most. Needs Container Insights in the cluster.
   *
   * @default - scaling on CPU only
   */
  readonly queues?: sqs.IQueue[];

  /**
   * The messages per task, waiting or in work, that scaling aims at.
   *
   * @default 10
   */
  readonly backlogPerTask?: number;
}

/** Properties of a `WorkerService`. */
export interface WorkerServiceProps extends ServiceSettings, WorkerOptions {}

/** The service that works on queued jobs, scaled on messages per task and CPU. */
export class WorkerService extends Construct {
  /** The service. */
  public readonly service: ecs.FargateService;
  /** The task definition; its one container is named `worker`. */
  public readonly taskDefinition: ecs.FargateTaskDefinition;

  /** @throws when a prop is out of range; all problems in one error. */
  constructor(scope: Construct, id: string, props: WorkerServiceProps) {
    super(scope, id);
    const input: ServiceInput = { name: 'worker', props };
    const queues = props.queues ?? [];
    const validation = new PropsValidation(this);
    validateService(validation, input);
    validateScaling(validation, props);
    validation.inRange('backlogPerTask', 1, 1_000_000, props.backlogPerTask);
    validation.holds(queues.length <= MAX_QUEUES, `queues must be ${MAX_QUEUES} at most, got ${queues.length}`);
    validation.throwIfInvalid();

    this.taskDefinition = createTask(this, taskInputOf(input));
    this.service = createService(this, input, this.taskDefinition, scaledBehaviour(props));
    const scaling = scaleOnCpu(this.service, props);
    if (queues.length > 0) {
      const names = queues.map((queue) => queue.queueName);
      scaleOnBacklog(this, scaling, this.service, names, props.backlogPerTask);
    }
  }
}
