import { type ManagedRuleGroup, WebAclRuleAction } from './managed-rule-group';

/** The groups of a web ACL that names none: 1125 of the 1500 capacity units included in the price. */
export const DEFAULT_MANAGED_RULE_GROUPS: readonly ManagedRuleGroup[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  { name: 'AWSManagedRulesCommonRuleSet' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'AWSManagedRulesSQLiRuleSet' },
];

/**
 * Overrides that hold unless a group's own say otherwise, by the group's name.
 *
 * `SizeRestrictions_BODY` refuses bodies above 8 KB, so every upload and many JSON requests.
 */
export const DEFAULT_RULE_ACTION_OVERRIDES: Readonly<Record<string, Readonly<Record<string, WebAclRuleAction>>>> = {
  AWSManagedRulesCommonRuleSet: { SizeRestrictions_BODY: WebAclRuleAction.COUNT },
};
