import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { BlockResponse } from './block-response';
import type { ManagedRuleGroup, WebAclRuleAction } from './managed-rule-group';
import type { RateLimit } from './rate-limit';
import type { WebAclLogDestination } from './web-acl-log-destination';

/** Options of a `WebAcl`. */
export interface WebAclProps {
  /**
   * IPv4 and IPv6 CIDR blocks whose requests are always refused.
   *
   * @default - none; the IP set exists, so that adding an address later changes nothing but the set
   */
  readonly blockedCidrs?: string[];

  /**
   * IPv4 and IPv6 CIDR blocks whose requests pass without rate limit and managed rules.
   *
   * @default - none; the IP set exists, so that adding an address later changes nothing but the set
   */
  readonly allowedCidrs?: string[];

  /**
   * Countries whose requests are refused, as ISO 3166 codes, e.g. `KP`. Not with `onlyCountries`.
   *
   * @default - none
   */
  readonly blockedCountries?: string[];

  /**
   * The only countries whose requests are not refused, as ISO 3166 codes, e.g. `CH`. Not with `blockedCountries`.
   *
   * @default - all
   */
  readonly onlyCountries?: string[];

  /**
   * Requests from one address in 5 minutes above which it is refused, 10 to 2,000,000,000.
   *
   * @default 2000
   */
  readonly rateLimit?: number;

  /**
   * Further limits, for parts of the application or other ways to tell clients apart; at most 9.
   *
   * @default - none
   */
  readonly rateLimits?: RateLimit[];

  /**
   * Managed rule groups, in the order they are looked at.
   *
   * @default - IP reputation list, common rule set, known bad inputs, SQL injection
   */
  readonly managedRuleGroups?: ManagedRuleGroup[];

  /**
   * The answer to requests of blocked addresses and countries. Managed groups have answers of their own.
   *
   * @default - 403 without a text
   */
  readonly blockResponse?: BlockResponse;

  /**
   * The answer to requests above a rate limit, e.g. 429 with `retry-after`.
   *
   * @default - 403 without a text
   */
  readonly rateLimitResponse?: BlockResponse;

  /**
   * How long the log of requests is kept. Not with `logDestination`.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * Name of the log group; starts with `aws-waf-logs-`. Not with `logDestination`.
   *
   * @default - a name unique to the stack
   */
  readonly logGroupName?: string;

  /**
   * Where requests are logged, instead of a log group of this construct.
   *
   * @default - a new log group
   */
  readonly logDestination?: WebAclLogDestination;

  /**
   * Actions whose requests are logged, those of counting rules included; others are dropped.
   *
   * @default - all requests are logged
   */
  readonly loggedActions?: WebAclRuleAction[];

  /**
   * Request headers that the log shows as redacted, in lower case.
   *
   * @default ['authorization', 'cookie']
   */
  readonly redactedHeaders?: string[];

  /**
   * Whether the log shows the query string as redacted, where tokens are passed in it.
   *
   * @default false
   */
  readonly redactQueryString?: boolean;

  /**
   * Whether the log shows the path as redacted, where it holds personal data.
   *
   * @default false
   */
  readonly redactPath?: boolean;

  /**
   * Whether the log stays when the stack is deleted.
   *
   * @default true
   */
  readonly protect?: boolean;
}
