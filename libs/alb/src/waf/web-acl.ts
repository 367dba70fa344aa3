import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { Fn, Names } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { BlockResponseType } from './block-response';
import { DEFAULT_MANAGED_RULE_GROUPS } from './web-acl-defaults';
import type { IWebAcl, WebAclAttributes } from './web-acl-interface';
import { WebAclLogging } from './web-acl-logging';
import { ImportedWebAcl, webAclMetric } from './web-acl-metrics';
import type { WebAclProps } from './web-acl-props';
import {
  addressRule,
  blockAction,
  countryRule,
  furtherRateLimitRule,
  managedGroupRule,
  rateLimitRule,
  visibility,
} from './web-acl-rules';
import { validateWebAcl } from './web-acl-validation';

/**
 * A regional web ACL for load balancers: IP sets, countries, rate limits, managed rule groups, and a log that redacts
 * credentials.
 *
 * What no rule refuses is allowed.
 */
export class WebAcl extends Construct implements IWebAcl {
  /** A web ACL of another stack or another application. */
  public static fromWebAclAttributes(scope: Construct, id: string, attrs: WebAclAttributes): IWebAcl {
    return new ImportedWebAcl(scope, id, attrs);
  }

  /** A web ACL that another stack published with `publish`. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IWebAcl {
    return WebAcl.fromWebAclAttributes(scope, id, {
      webAclArn: contract.read(scope, 'webAclArn'),
      webAclName: contract.read(scope, 'webAclName'),
      webAclId: contract.read(scope, 'webAclId'),
      metricName: contract.read(scope, 'metricName'),
    });
  }

  /** ARN of the web ACL, which an association needs. */
  public readonly webAclArn: string;
  /** Name of the web ACL. */
  public readonly webAclName: string;
  /** Id of the web ACL. */
  public readonly webAclId: string;
  /** Value of the `WebACL` dimension of its metrics. */
  public readonly metricName: string;
  /** Where requests are logged; undefined where a `logDestination` was given. */
  public readonly logGroup?: logs.ILogGroup;
  /** The web ACL itself, for what this construct has no option for. */
  public readonly cfnWebAcl: wafv2.CfnWebACL;
  private readonly logDestinationArn: string;

  /** @throws when a prop is malformed or out of range, or props contradict each other; all problems in one error. */
  constructor(scope: Construct, id: string, props: WebAclProps = {}) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validateWebAcl(validation, props);
    validation.throwIfInvalid();

    // Web ACLs that share a metric name in a region share their metrics.
    this.metricName = Names.uniqueResourceName(this, { maxLength: 128, allowedSpecialCharacters: '-_' });
    this.cfnWebAcl = new wafv2.CfnWebACL(this, 'WebAcl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(this.metricName),
      customResponseBodies: responseBodies(props),
      rules: this.rules(props),
    });
    this.webAclArn = this.cfnWebAcl.attrArn;
    this.webAclId = this.cfnWebAcl.attrId;
    // Ref is "name|id|scope".
    this.webAclName = Fn.select(0, Fn.split('|', this.cfnWebAcl.ref));

    const logging = new WebAclLogging(this, 'Logging', { ...props, webAclArn: this.webAclArn });
    this.logGroup = logging.logGroup;
    this.logDestinationArn = logging.destinationArn;
  }

  public metric(metricName: string, rule?: string, options?: MetricOptions): Metric {
    return webAclMetric(this.metricName, metricName, rule, options);
  }

  public metricBlockedRequests(options?: MetricOptions): Metric {
    return this.metric('BlockedRequests', undefined, options);
  }

  /**
   * Publishes `webAclArn`, `webAclName`, `webAclId`, `metricName`, `logDestinationArn`, and `logGroupName` unless a
   * `logDestination` was given.
   */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      webAclArn: this.webAclArn,
      webAclName: this.webAclName,
      webAclId: this.webAclId,
      metricName: this.metricName,
      logDestinationArn: this.logDestinationArn,
      ...(this.logGroup && { logGroupName: this.logGroup.logGroupName }),
    });
  }

  private rules(props: WebAclProps): wafv2.CfnWebACL.RuleProperty[] {
    const block = blockAction(RESPONSE.blocked, props.blockResponse);
    const limit = blockAction(RESPONSE.limited, props.rateLimitResponse);
    const groups = props.managedRuleGroups ?? DEFAULT_MANAGED_RULE_GROUPS;
    return [
      addressRule('BlockedAddresses', this.ipSets('Blocked', props.blockedCidrs ?? []), block),
      addressRule('AllowedAddresses', this.ipSets('Allowed', props.allowedCidrs ?? []), { allow: {} }),
      rateLimitRule(props.rateLimit ?? 2000, limit),
      ...(props.blockedCountries ? [countryRule(props.blockedCountries, 'blocked', block)] : []),
      ...(props.onlyCountries ? [countryRule(props.onlyCountries, 'only', block)] : []),
      ...(props.rateLimits ?? []).map((rate, index) => furtherRateLimitRule(rate, index, limit)),
      ...groups.map(managedGroupRule),
    ];
  }

  /** One IP set of each address family that has blocks; always one of IPv4. */
  private ipSets(kind: string, cidrs: string[]): wafv2.CfnIPSet[] {
    const v6 = cidrs.filter((cidr) => cidr.includes(':'));
    const v4 = cidrs.filter((cidr) => !cidr.includes(':'));
    const ipSet = (family: string, addresses: string[]) =>
      new wafv2.CfnIPSet(this, `${kind}${family}`, {
        scope: 'REGIONAL',
        ipAddressVersion: family.toUpperCase(),
        addresses,
      });
    return [ipSet('Ipv4', v4), ...(v6.length > 0 ? [ipSet('Ipv6', v6)] : [])];
  }
}

/** Names of the texts that a web ACL answers with. */
const RESPONSE = { blocked: 'Blocked', limited: 'RateLimited' } as const;

function responseBodies(props: WebAclProps): wafv2.CfnWebACLProps['customResponseBodies'] {
  const bodies = Object.fromEntries(
    Object.entries({ [RESPONSE.blocked]: props.blockResponse, [RESPONSE.limited]: props.rateLimitResponse }).flatMap(
      ([name, response]) =>
        response?.body === undefined
          ? []
          : [[name, { content: response.body, contentType: response.bodyType ?? BlockResponseType.TEXT }]],
    ),
  );
  return Object.keys(bodies).length > 0 ? bodies : undefined;
}
