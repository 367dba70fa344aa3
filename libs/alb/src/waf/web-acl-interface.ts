import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';

/** A regional web ACL, wherever it was created. */
export interface IWebAcl {
  /** ARN of the web ACL, which an association needs. */
  readonly webAclArn: string;
  /** Name of the web ACL. */
  readonly webAclName: string;
  /** Id of the web ACL. */
  readonly webAclId: string;
  /** Value of the `WebACL` dimension of its metrics. */
  readonly metricName: string;

  /**
   * A metric of the web ACL, or of one of its rules.
   *
   * @param metricName `AllowedRequests`, `BlockedRequests`, `CountedRequests` …
   * @param rule the rule's name; `ALL` if none is given.
   */
  metric(metricName: string, rule?: string, options?: MetricOptions): Metric;

  /** Requests that were refused. */
  metricBlockedRequests(options?: MetricOptions): Metric;
}

/** What is needed to use a web ACL of another stack. */
export interface WebAclAttributes {
  /** ARN of the web ACL. */
  readonly webAclArn: string;
  /** Name of the web ACL. */
  readonly webAclName: string;
  /** Id of the web ACL. */
  readonly webAclId: string;
  /** Value of the `WebACL` dimension of its metrics. */
  readonly metricName: string;
}
