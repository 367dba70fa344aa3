import type { Duration } from 'aws-cdk-lib';
import type {
  ApplicationProtocolVersion,
  TargetGroupHealth,
  TargetGroupLoadBalancingAlgorithmType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/** How the load balancer finds out whether a target is healthy. */
export interface TargetHealthCheck {
  /**
   * Path that answers a healthy code; for gRPC a method such as `/grpc.health.v1.Health/Check`.
   *
   * @default '/health'
   */
  readonly path?: string;

  /**
   * Codes of a healthy answer: one, several or a range, e.g. `200`, `200,204`, `200-299`; 200 to 499, for gRPC 0 to 99.
   *
   * @default - `200`; for gRPC `0`
   */
  readonly healthyCodes?: string;

  /**
   * Time between two checks, 5 to 300 seconds.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;

  /**
   * Time after which a check without an answer has failed, 2 to 120 seconds, less than `interval`.
   *
   * @default Duration.seconds(5)
   */
  readonly timeout?: Duration;

  /**
   * After how many passed checks a target is healthy, 2 to 10.
   *
   * @default 2
   */
  readonly healthyThreshold?: number;

  /**
   * After how many failed checks a target is unhealthy, 2 to 10.
   *
   * @default 3
   */
  readonly unhealthyThreshold?: number;
}

/** Options of a target group for containers, which register by their address. */
export interface TargetGroupOptions {
  /**
   * Port that the containers listen on. A change replaces the target group.
   *
   * @default 3000
   */
  readonly port?: number;

  /**
   * Protocol between load balancer and targets. HTTP/2 and gRPC need an HTTPS listener. A change replaces the target
   * group.
   *
   * @default ApplicationProtocolVersion.HTTP1
   */
  readonly protocolVersion?: ApplicationProtocolVersion;

  /**
   * How health is checked.
   *
   * @default - `/health` every 10 s: healthy after 20 s, unhealthy after 30 s
   */
  readonly healthCheck?: TargetHealthCheck;

  /**
   * How long a target that is taken out may finish its requests, up to 1 hour.
   *
   * @default Duration.seconds(30)
   */
  readonly deregistrationDelay?: Duration;

  /**
   * Time in which a new target's share of requests grows to its full size, 30 seconds to 15 minutes. Only with the
   * round-robin algorithm.
   *
   * @default - none: the full share from the start
   */
  readonly slowStart?: Duration;

  /**
   * How long a client stays with the target of its first request, 1 second to 7 days.
   *
   * @default - not at all
   */
  readonly stickiness?: Duration;

  /**
   * Name of the application's own cookie that `stickiness` follows.
   *
   * @default - a cookie of the load balancer
   */
  readonly stickinessCookieName?: string;

  /**
   * How a target is chosen.
   *
   * @default TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN
   */
  readonly algorithm?: TargetGroupLoadBalancingAlgorithmType;

  /**
   * Whether targets that answer with errors more often than the others get fewer requests. Only with the weighted-random
   * algorithm.
   *
   * @default false
   */
  readonly anomalyMitigation?: boolean;

  /**
   * Whether requests are spread over the targets of all zones. Off, a request stays in its zone; `stickiness` is not
   * possible then.
   *
   * @default - as the load balancer: on
   */
  readonly crossZone?: boolean;

  /**
   * How many targets must be healthy before a zone is taken out of DNS, or requests go to unhealthy targets as well.
   *
   * @default - one of them
   */
  readonly minimumHealthy?: TargetGroupHealth;
}
