import { PropsValidation } from '@v3-backend/core';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { scaledBehaviour } from './private/capacity';
import { scaleOnCpu, scaleOnMemory, scaleOnRequests, validateScaling } from './private/scaling';
import { createService, type ServiceInput, taskInputOf, validateService } from './private/service';
import { createTask } from './private/task';
import type { ScalingOptions, ServiceOptions, ServiceSettings } from './service-options';
import type { TrafficShift } from './traffic-shift';

/** What the API has for itself. */
export interface ApiOptions extends ServiceOptions, ScalingOptions {
  /**
   * The load balancer's full name, e.g. `app/backend/50dc6c495c0c9188`; scaling on requests needs it.
   *
   * @default - no scaling on requests
   */
  readonly loadBalancerFullName?: string;

  /**
   * The target group's full name, e.g. `targetgroup/api/73e2d6bc24d8a067`; scaling on requests needs it.
   *
   * @default - no scaling on requests
   */
  readonly targetGroupFullName?: string;

  /**
   * The requests per task and minute that scaling aims at.
   *
   * @default 1000
   */
  readonly requestsPerTaskPerMinute?: number;

  /**
   * The memory utilization that scaling aims at, in percent.
   *
   * @default 75
   */
  readonly memoryTargetPercent?: number;

  /**
   * How a deployment shifts traffic to new tasks: blue/green, canary or linear. Not together with scaling on requests,
   * which counts those of one target group only.
   *
   * @default - a rolling update
   */
  readonly trafficShift?: TrafficShift;
}

/** Properties of an `ApiService`. */
export interface ApiServiceProps extends ServiceSettings, ApiOptions {}

/** The service that answers requests, scaled on CPU, memory and requests per task. */
export class ApiService extends Construct {
  /** The service. */
  public readonly service: ecs.FargateService;
  /** The task definition; its one container is named `api`. */
  public readonly taskDefinition: ecs.FargateTaskDefinition;

  /** @throws when a prop is out of range; all problems in one error. */
  constructor(scope: Construct, id: string, props: ApiServiceProps) {
    super(scope, id);
    const input: ServiceInput = { name: 'api', props };
    this.validate(input, props);

    this.taskDefinition = createTask(this, taskInputOf(input));
    this.service = createService(this, input, this.taskDefinition, scaledBehaviour(props));
    const scaling = scaleOnCpu(this.service, props);
    scaleOnMemory(scaling, props.memoryTargetPercent);
    if (props.loadBalancerFullName && props.targetGroupFullName) {
      const { loadBalancerFullName, targetGroupFullName, requestsPerTaskPerMinute } = props;
      scaleOnRequests(this, scaling, loadBalancerFullName, targetGroupFullName, requestsPerTaskPerMinute);
    }
  }

  private validate(input: ServiceInput, props: ApiServiceProps): void {
    const validation = new PropsValidation(this);
    validateService(validation, input);
    validateScaling(validation, props);
    validation.inRange('memoryTargetPercent', 1, 100, props.memoryTargetPercent);
    validation.inRange('requestsPerTaskPerMinute', 1, 1_000_000_000, props.requestsPerTaskPerMinute);
    validation.matches(
      'loadBalancerFullName',
      'app/[^/]+/[^/]+',
      'the last part of the load balancer’s ARN, e.g. "app/backend/50dc6c495c0c9188"',
      props.loadBalancerFullName,
    );
    validation.matches(
      'targetGroupFullName',
      'targetgroup/[^/]+/[^/]+',
      'the last part of the target group’s ARN, e.g. "targetgroup/api/73e2d6bc24d8a067"',
      props.targetGroupFullName,
    );
    validation.holds(
      (props.loadBalancerFullName === undefined) === (props.targetGroupFullName === undefined),
      'loadBalancerFullName and targetGroupFullName are needed together, but only one was given; give both or neither',
    );
    validation.holds(
      props.trafficShift === undefined || props.targetGroupFullName === undefined,
      'trafficShift and targetGroupFullName must not both be given: after a shift the requests are the other target ' +
        'group’s, so scaling on requests would take tasks away; leave targetGroupFullName and loadBalancerFullName out',
    );
    validation.throwIfInvalid();
  }
}
