import type { IApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/** The load balancer of a backend, wherever it was created. */
export interface IBackendLoadBalancer {
  /** ARN of the load balancer. */
  readonly loadBalancerArn: string;
  /** `app/name/id`: the `LoadBalancer` dimension of its metrics. */
  readonly loadBalancerFullName: string;
  /** DNS name that AWS gave it. */
  readonly loadBalancerDnsName: string;
  /** Id of the hosted zone of that DNS name, for alias records. */
  readonly loadBalancerCanonicalHostedZoneId: string;
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
  /** ARN of the listener on port 80. */
  readonly httpListenerArn: string;
  /** ARN of the listener that serves: on port 443 if there is a certificate, else on port 80. */
  readonly listenerArn: string;
  /** Where clients reach the backend, e.g. `https://api.example.com`. */
  readonly url: string;
}

/** What is needed to use a backend's load balancer in another stack. */
export interface BackendLoadBalancerAttributes {
  /** ARN of the load balancer. */
  readonly loadBalancerArn: string;
  /** `app/name/id`. */
  readonly loadBalancerFullName: string;
  /** DNS name that AWS gave it. */
  readonly loadBalancerDnsName: string;
  /** Id of the hosted zone of that DNS name. */
  readonly loadBalancerCanonicalHostedZoneId: string;
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
  /** ARN of the listener on port 80. */
  readonly httpListenerArn: string;
  /** ARN of the listener that serves. */
  readonly listenerArn: string;
  /** Where clients reach the backend. */
  readonly url: string;
}
