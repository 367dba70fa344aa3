import type { IApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IPublicLoadBalancer, PublicLoadBalancerAttributes } from './public-load-balancer-interface';

/** The load balancer of a backend, wherever it was created. */
export interface IBackendLoadBalancer extends IPublicLoadBalancer {
  /** Target group of the API; everything that is not another service's. */
  readonly apiTargetGroup: IApplicationTargetGroup;
  /** Target group of the worker, `/worker/*`. */
  readonly workerTargetGroup: IApplicationTargetGroup;
  /** Target group of the scheduler, `/scheduler/*`. */
  readonly schedulerTargetGroup: IApplicationTargetGroup;
  /** `targetgroup/name/id`: the `TargetGroup` dimension of the API's metrics. */
  readonly apiTargetGroupFullName: string;
  /** `targetgroup/name/id`: the `TargetGroup` dimension of the worker's metrics. */
  readonly workerTargetGroupFullName: string;
  /** `targetgroup/name/id`: the `TargetGroup` dimension of the scheduler's metrics. */
  readonly schedulerTargetGroupFullName: string;
}

/** What is needed to use a backend's load balancer in another stack. */
export interface BackendLoadBalancerAttributes extends PublicLoadBalancerAttributes {
  /** ARN of the API's target group. */
  readonly apiTargetGroupArn: string;
  /** ARN of the worker's target group. */
  readonly workerTargetGroupArn: string;
  /** ARN of the scheduler's target group. */
  readonly schedulerTargetGroupArn: string;
  /** `targetgroup/name/id` of the API. */
  readonly apiTargetGroupFullName: string;
  /** `targetgroup/name/id` of the worker. */
  readonly workerTargetGroupFullName: string;
  /** `targetgroup/name/id` of the scheduler. */
  readonly schedulerTargetGroupFullName: string;
}
