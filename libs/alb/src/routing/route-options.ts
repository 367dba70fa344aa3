import type { IApplicationTargetGroup, ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { JwtVerification } from './jwt-verification';
import type { RequestRewrite } from './request-rewrite';

/**
 * Which requests a route takes and what it does with them.
 *
 * All kinds of conditions must hold, of each kind one value. A rule has at most 5 values over all kinds.
 */
export interface RouteOptions {
  /**
   * Host names; `*` and `?` are wildcards, e.g. `*.example.com`.
   *
   * @default - every host
   */
  readonly hosts?: string[];

  /**
   * Paths; `*` and `?` are wildcards, e.g. `/partners/*`. Upper and lower case differ.
   *
   * @default - every path
   */
  readonly paths?: string[];

  /**
   * Request methods in upper case, e.g. `POST`.
   *
   * @default - every method
   */
  readonly methods?: string[];

  /**
   * Values by header; `*` and `?` are wildcards. Every header named must have one of its values.
   *
   * @default - any headers
   */
  readonly headers?: { [name: string]: string[] };

  /**
   * Value by query parameter, one of which must be there; `*` and `?` are wildcards.
   *
   * @default - any query
   */
  readonly queryParameters?: { [key: string]: string };

  /**
   * IPv4 and IPv6 CIDR blocks the request comes from, as the load balancer sees it.
   *
   * @default - every address
   */
  readonly sourceCidrs?: string[];

  /**
   * Where requests go. Either this or `action`.
   *
   * @default - `action`
   */
  readonly targetGroup?: IApplicationTargetGroup;

  /**
   * What is done with requests: a redirect, a fixed response, a weighted forward … Either this or `targetGroup`.
   *
   * @default - requests go to `targetGroup`
   */
  readonly action?: ListenerAction;

  /**
   * A token that requests must carry.
   *
   * @default - none
   */
  readonly jwt?: JwtVerification;

  /**
   * What is changed about a request before a target gets it.
   *
   * @default - nothing
   */
  readonly rewrite?: RequestRewrite;

  /**
   * Place among the listener's rules, 1 to 9999; the lowest that matches takes the request, and all of these come before
   * automatic ones.
   *
   * @default - automatic, 10000 to 47799: the more specific route comes first, and no other route can move it
   */
  readonly priority?: number;
}
