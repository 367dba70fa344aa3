import { Duration } from 'aws-cdk-lib';
import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { sortedEntries } from '../private/sorted-entries';
import type { BlockResponse } from './block-response';
import type { ManagedRuleGroup } from './managed-rule-group';
import type { RateLimit } from './rate-limit';
import { DEFAULT_RULE_ACTION_OVERRIDES } from './web-acl-defaults';

/**
 * Priorities, in the order WAF looks at the rules: a blocked address stays blocked, an allowed one skips the rest, and
 * a flood is stopped before the more expensive managed groups see it. A web ACL changes as a whole, so a rule may move.
 */
const PRIORITY = {
  blockedAddresses: 0,
  allowedAddresses: 1,
  rateLimit: 2,
  countries: 3,
  firstRateLimit: 10,
  firstManagedGroup: 100,
} as const;

/** The most further rate limits that the priorities have room for, and WAF for rate-based rules with `rateLimit`. */
export const MAX_RATE_LIMITS = 9;

const RATE_LIMIT_WINDOW = Duration.minutes(5);

/** Without these, `/webhooks/../admin` and `/%77ebhooks/` would pass for what they are not. */
const PATH_TRANSFORMATIONS = [
  { priority: 0, type: 'URL_DECODE' },
  { priority: 1, type: 'NORMALIZE_PATH' },
];

/** What a rule with an action of its own does; a web ACL keeps the texts of responses apart, by the name given here. */
export function blockAction(responseName: string, response?: BlockResponse): wafv2.CfnWebACL.RuleActionProperty {
  if (!response) return { block: {} };
  const responseHeaders = sortedEntries(response.headers ?? {}).map(([name, value]) => ({ name, value }));
  return {
    block: {
      customResponse: {
        responseCode: response.statusCode,
        customResponseBodyKey: response.body === undefined ? undefined : responseName,
        responseHeaders: responseHeaders.length > 0 ? responseHeaders : undefined,
      },
    },
  };
}

/** A rule that acts on addresses in any of the IP sets. */
export function addressRule(
  kind: 'BlockedAddresses' | 'AllowedAddresses',
  ipSets: wafv2.CfnIPSet[],
  action: wafv2.CfnWebACL.RuleActionProperty,
): wafv2.CfnWebACL.RuleProperty {
  return {
    name: kind,
    priority: kind === 'BlockedAddresses' ? PRIORITY.blockedAddresses : PRIORITY.allowedAddresses,
    statement: anyOf(ipSets.map((set) => ({ ipSetReferenceStatement: { arn: set.attrArn } }))),
    action,
    visibilityConfig: visibility(kind),
  };
}

/** A rule that refuses countries, or all but some. */
export function countryRule(
  countryCodes: string[],
  kind: 'blocked' | 'only',
  action: wafv2.CfnWebACL.RuleActionProperty,
): wafv2.CfnWebACL.RuleProperty {
  const match = { geoMatchStatement: { countryCodes } };
  return {
    name: 'Countries',
    priority: PRIORITY.countries,
    statement: kind === 'blocked' ? match : { notStatement: { statement: match } },
    action,
    visibilityConfig: visibility('Countries'),
  };
}

/** A rule that refuses an address while it sends more requests in 5 minutes than the limit. */
export function rateLimitRule(limit: number, action: wafv2.CfnWebACL.RuleActionProperty): wafv2.CfnWebACL.RuleProperty {
  return {
    name: 'RateLimit',
    priority: PRIORITY.rateLimit,
    statement: {
      rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: RATE_LIMIT_WINDOW.toSeconds() },
    },
    action,
    visibilityConfig: visibility('RateLimit'),
  };
}

/** The rule of one further limit; `index` is its place among them. */
export function furtherRateLimitRule(
  rate: RateLimit,
  index: number,
  action: wafv2.CfnWebACL.RuleActionProperty,
): wafv2.CfnWebACL.RuleProperty {
  return {
    name: rate.name,
    priority: PRIORITY.firstRateLimit + index,
    statement: {
      rateBasedStatement: {
        limit: rate.limit,
        evaluationWindowSec: (rate.window ?? RATE_LIMIT_WINDOW).toSeconds(),
        ...clientKey(rate),
        scopeDownStatement: rate.pathPrefix === undefined ? undefined : pathStartsWith(rate.pathPrefix),
      },
    },
    action: rate.countOnly ? { count: {} } : action,
    visibilityConfig: visibility(rate.name),
  };
}

/** The rule of one managed group; `index` is its place among the groups. */
export function managedGroupRule(group: ManagedRuleGroup, index: number): wafv2.CfnWebACL.RuleProperty {
  const overrides = { ...DEFAULT_RULE_ACTION_OVERRIDES[group.name], ...group.ruleActionOverrides };
  const exceptions = group.exceptPathPrefixes ?? [];
  return {
    name: group.name,
    priority: PRIORITY.firstManagedGroup + index,
    statement: {
      managedRuleGroupStatement: {
        vendorName: group.vendor ?? 'AWS',
        name: group.name,
        version: group.version,
        ruleActionOverrides: sortedEntries(overrides).map(([name, action]) => ({
          name,
          actionToUse: { [action.toLowerCase()]: {} },
        })),
        scopeDownStatement:
          exceptions.length > 0 ? { notStatement: { statement: anyOf(exceptions.map(pathStartsWith)) } } : undefined,
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

function clientKey(rate: RateLimit): Pick<
  wafv2.CfnWebACL.RateBasedStatementProperty,
  'aggregateKeyType' | 'customKeys' | 'forwardedIpConfig'
> & {
  aggregateKeyType: string;
} {
  if (rate.keyHeader !== undefined) {
    const header = { name: rate.keyHeader, textTransformations: [{ priority: 0, type: 'NONE' }] };
    return { aggregateKeyType: 'CUSTOM_KEYS', customKeys: [{ header }] };
  }
  if (rate.forwardedAddress) {
    // A request without a valid address in the header is let through by this rule; the others still look at it.
    const forwardedIpConfig = { headerName: 'X-Forwarded-For', fallbackBehavior: 'NO_MATCH' };
    return { aggregateKeyType: 'FORWARDED_IP', forwardedIpConfig };
  }
  return { aggregateKeyType: 'IP' };
}

function pathStartsWith(searchString: string): wafv2.CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'STARTS_WITH',
      searchString,
      textTransformations: PATH_TRANSFORMATIONS,
    },
  };
}

/** An "or" statement needs two statements or more. */
function anyOf(statements: wafv2.CfnWebACL.StatementProperty[]): wafv2.CfnWebACL.StatementProperty {
  return statements.length === 1 ? statements[0]! : { orStatement: { statements } };
}
