import type { LoadBalancerMetrics } from './load-balancer-metrics';
import type { Route } from '../routing/route';
import type { RouteOptions } from '../routing/route-options';

/** A public load balancer, wherever it was created. */
export interface IPublicLoadBalancer {
  /** ARN of the load balancer. */
  readonly loadBalancerArn: string;
  /** `app/name/id`: the `LoadBalancer` dimension of its metrics. */
  readonly loadBalancerFullName: string;
  /** DNS name that AWS gave it. */
  readonly loadBalancerDnsName: string;
  /** Id of the hosted zone of that DNS name, for alias records. */
  readonly loadBalancerCanonicalHostedZoneId: string;
  /** ARN of the listener on port 80. */
  readonly httpListenerArn: string;
  /** ARN of the listener that serves: on port 443 if there is a certificate, else on port 80. */
  readonly listenerArn: string;
  /** Where clients reach it, e.g. `https://api.example.com`. */
  readonly url: string;
  /** Its metrics and those of its target groups. */
  readonly metrics: LoadBalancerMetrics;

  /**
   * Adds a rule to the listener that serves. The rule belongs to this construct's stack, which for an imported load
   * balancer is the importing one.
   *
   * @param id names the rule among those added here.
   * @throws when an option is invalid, or another route added here has the priority.
   */
  addRoute(id: string, options: RouteOptions): Route;
}

/** What is needed to use a load balancer of another stack. */
export interface PublicLoadBalancerAttributes {
  /** ARN of the load balancer. */
  readonly loadBalancerArn: string;
  /** `app/name/id`. */
  readonly loadBalancerFullName: string;
  /** DNS name that AWS gave it. */
  readonly loadBalancerDnsName: string;
  /** Id of the hosted zone of that DNS name. */
  readonly loadBalancerCanonicalHostedZoneId: string;
  /** ARN of the listener on port 80. */
  readonly httpListenerArn: string;
  /** ARN of the listener that serves. */
  readonly listenerArn: string;
  /** Where clients reach it. */
  readonly url: string;
  /**
   * Id of its security group. `addRoute` writes the rules, in the importing stack, that let requests through to the
   * service.
   *
   * @default - `addRoute` throws
   */
  readonly securityGroupId?: string;
}
