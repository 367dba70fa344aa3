import type { Duration } from 'aws-cdk-lib';
import type { JwtVerification } from '../routing/jwt-verification';
import type { PublicLoadBalancerProps } from './public-load-balancer-props';
import type { TargetGroupOptions } from './target-group-options';

/**
 * A request header that admits a request to the worker and the scheduler, e.g. one that a proxy in front adds.
 *
 * It is no secret: the template and the load balancer's rules show it to everyone who may read them.
 */
export interface InternalHeader {
  /** Name of the header, e.g. `x-internal-caller`. */
  readonly name: string;
  /** Its value, 1 to 128 characters; `*` and `?` are refused, since a rule takes them for wildcards. */
  readonly value: string;
}

/** Options of a `BackendLoadBalancer`. */
export interface BackendLoadBalancerProps extends PublicLoadBalancerProps {
  /**
   * Who may reach the paths of the worker and the scheduler: IPv4 and IPv6 CIDR blocks, not the whole internet, at most 4
   * (3 with `internalHeader`).
   *
   * These are the addresses the load balancer sees: of a request from the VPC itself, those of its NAT gateways.
   *
   * @default - every address, but only with `internalHeader`; one of the two is required
   */
  readonly internalCidrs?: string[];

  /**
   * A header that a request to the worker and the scheduler must have, besides coming from `internalCidrs` if there are
   * any.
   *
   * @default - none; one of the two is required
   */
  readonly internalHeader?: InternalHeader;

  /**
   * A token that every request to the API must carry. `/health` and the like of the API are covered, too: the load
   * balancer's own health checks need none.
   *
   * @default - none
   */
  readonly apiJwt?: JwtVerification;

  /**
   * Port that the containers listen on.
   *
   * @default 3000
   */
  readonly applicationPort?: number;

  /**
   * Path that answers 200 while a container is healthy.
   *
   * @default '/health'
   */
  readonly healthCheckPath?: string;

  /**
   * How long a target that is taken out may finish its requests, up to 1 hour.
   *
   * @default Duration.seconds(30)
   */
  readonly deregistrationDelay?: Duration;

  /**
   * What is different about the API's target group.
   *
   * @default - nothing
   */
  readonly apiTargets?: TargetGroupOptions;

  /**
   * What is different about the worker's target group.
   *
   * @default - nothing
   */
  readonly workerTargets?: TargetGroupOptions;

  /**
   * What is different about the scheduler's target group.
   *
   * @default - nothing
   */
  readonly schedulerTargets?: TargetGroupOptions;
}
