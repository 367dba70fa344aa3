import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { ManagedRuleGroup } from './managed-rule-group';
import { DEFAULT_RULE_ACTION_OVERRIDES } from './web-acl-defaults';

/**
 * Priorities, in the order WAF looks at the rules: a blocked address stays blocked, an allowed one skips the rest, and
 * a flood is stopped before the more expensive managed groups see it.
 */
const PRIORITY = { blockedAddresses: 0, allowedAddresses: 1, rateLimit: 2, firstManagedGroup: 10 } as const;

/** A rule that acts on addresses in any of the IP sets. */
export function addressRule(
  kind: 'BlockedAddresses' | 'AllowedAddresses',
  ipSets: wafv2.CfnIPSet[],
): wafv2.CfnWebACL.RuleProperty {
  const statements = ipSets.map((set) => ({ ipSetReferenceStatement: { arn: set.attrArn } }));
  return {
    name: kind,
    priority: kind === 'BlockedAddresses' ? PRIORITY.blockedAddresses : PRIORITY.allowedAddresses,
    // An "or" statement needs two statements or more.
    statement: statements.length === 1 ? statements[0]! : { orStatement: { statements } },
    action: kind === 'BlockedAddresses' ? { block: {} } : { allow: {} },
    visibilityConfig: visibility(kind),
  };
}

/** A rule that blocks an address while it sends more requests in 5 minutes than the limit. */
export function rateLimitRule(limit: number): wafv2.CfnWebACL.RuleProperty {
  return {
    name: 'RateLimit',
    priority: PRIORITY.rateLimit,
    statement: { rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: 300 } },
    action: { block: {} },
    visibilityConfig: visibility('RateLimit'),
  };
}

/** The rule of one managed group; `index` is its place among the groups. */
export function managedGroupRule(group: ManagedRuleGroup, index: number): wafv2.CfnWebACL.RuleProperty {
  const overrides = { ...DEFAULT_RULE_ACTION_OVERRIDES[group.name], ...group.ruleActionOverrides };
  return {
    name: group.name,
    priority: PRIORITY.firstManagedGroup + index,
    statement: {
      managedRuleGroupStatement: {
        vendorName: group.vendor ?? 'AWS',
        name: group.name,
        version: group.version,
        ruleActionOverrides: Object.entries(overrides).map(([name, action]) => ({
          name,
          actionToUse: { [action.toLowerCase()]: {} },
        })),
      },
    },
    overrideAction: group.countOnly ? { count: {} } : { none: {} },
    visibilityConfig: visibility(group.name),
  };
}

/** Metrics under this name, and sampled requests in the console. */
export function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
