import type { Duration } from 'aws-cdk-lib';

/** A limit on requests to a part of an application, beyond the web ACL's `rateLimit`. */
export interface RateLimit {
  /** Name of the rule and of its metric: letters, digits, `-` and `_`, e.g. `Login`. */
  readonly name: string;

  /** Requests of one client in `window` above which its requests are refused, 10 to 2,000,000,000. */
  readonly limit: number;

  /**
   * Time in which requests are counted: 1, 2, 5 or 10 minutes.
   *
   * @default Duration.minutes(5)
   */
  readonly window?: Duration;

  /**
   * What the paths of the counted requests start with, e.g. `/auth/`.
   *
   * @default - all requests count
   */
  readonly pathPrefix?: string;

  /**
   * A request header whose value tells clients apart, in lower case, e.g. `x-api-key`. Requests without it are not counted.
   *
   * @default - clients are told apart by their address
   */
  readonly keyHeader?: string;

  /**
   * Whether the address is the first one in `X-Forwarded-For`: for load balancers that only a proxy reaches, whose address
   * all requests would have otherwise. Clients can forge the header where nothing in front replaces it. Not with
   * `keyHeader`.
   *
   * @default false
   */
  readonly forwardedAddress?: boolean;

  /**
   * Whether requests above the limit are counted only, not refused: the way to find a limit.
   *
   * @default false
   */
  readonly countOnly?: boolean;
}
