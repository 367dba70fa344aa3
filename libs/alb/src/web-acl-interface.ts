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
