/** What a web ACL does with a request that a rule matches. */
export enum WebAclRuleAction {
  /** Let it pass, without looking at further rules. */
  ALLOW = 'ALLOW',
  /** Refuse it with status 403. */
  BLOCK = 'BLOCK',
  /** Count it and look at the next rule. */
  COUNT = 'COUNT',
  /** Let a person prove to be one. Costs extra. */
  CAPTCHA = 'CAPTCHA',
  /** Let the browser prove to be one, silently. */
  CHALLENGE = 'CHALLENGE',
}

/** A rule group that AWS or a vendor maintains, as a web ACL uses it. */
export interface ManagedRuleGroup {
  /** Name of the group, e.g. `AWSManagedRulesCommonRuleSet`. */
  readonly name: string;

  /**
   * Who maintains it.
   *
   * @default 'AWS'
   */
  readonly vendor?: string;

  /**
   * A fixed version of the group.
   *
   * @default - the vendor's default version, which the vendor moves forward
   */
  readonly version?: string;

  /**
   * Another action for single rules, by the rule's name.
   *
   * @default - the actions the vendor chose, except that `SizeRestrictions_BODY` of `AWSManagedRulesCommonRuleSet` counts
   */
  readonly ruleActionOverrides?: { [rule: string]: WebAclRuleAction };

  /**
   * What the paths of requests start with that the group does not look at, e.g. `/webhooks/`.
   *
   * @default - it looks at all requests
   */
  readonly exceptPathPrefixes?: string[];

  /**
   * Whether the group only counts, whatever its rules say: the way to try a group out.
   *
   * @default false
   */
  readonly countOnly?: boolean;
}
