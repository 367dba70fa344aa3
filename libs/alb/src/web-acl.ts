import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { Fn, Names } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { ManagedRuleGroup } from './managed-rule-group';
import { DEFAULT_MANAGED_RULE_GROUPS } from './web-acl-defaults';
import type { IWebAcl, WebAclAttributes } from './web-acl-interface';
import { WebAclLogging } from './web-acl-logging';
import { addressRule, managedGroupRule, rateLimitRule, visibility } from './web-acl-rules';
import { validateWebAcl } from './web-acl-validation';

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
   * Requests from one address in 5 minutes above which it is refused, 10 to 2,000,000,000.
   *
   * @default 2000
   */
  readonly rateLimit?: number;

  /**
   * Managed rule groups, in the order they are looked at; appending one leaves the others' priorities as they are.
   *
   * @default - IP reputation list, common rule set, known bad inputs, SQL injection
   */
  readonly managedRuleGroups?: ManagedRuleGroup[];

  /**
   * How long the log of requests is kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Name of the log group; starts with `aws-waf-logs-`.
   *
   * @default - a name unique to the stack
   */
  readonly logGroupName?: string;

  /**
   * Request headers that the log shows as redacted, in lower case.
   *
   * @default ['authorization', 'cookie']
   */
  readonly redactedHeaders?: string[];

  /**
   * Whether the log stays when the stack is deleted.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/**
 * A regional web ACL for load balancers: IP sets, a rate limit, managed rule groups, and a log that redacts credentials.
 *
 * What no rule refuses is allowed.
 */
export class WebAcl extends Construct implements IWebAcl {
  /** A web ACL of another stack or another application. */
  public static fromWebAclAttributes(_scope: Construct, _id: string, attrs: WebAclAttributes): IWebAcl {
    return { ...attrs };
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
  /** Where requests are logged. */
  public readonly logGroup: logs.ILogGroup;

  /** @throws when a CIDR block, the rate limit, a header, a group or the log group's name is invalid. */
  constructor(scope: Construct, id: string, props: WebAclProps = {}) {
    super(scope, id);
    validateWebAcl(new PropsValidation(this), props);
    const groups = props.managedRuleGroups ?? DEFAULT_MANAGED_RULE_GROUPS;

    // Web ACLs that share a metric name in a region share their metrics.
    this.metricName = Names.uniqueResourceName(this, { maxLength: 128, allowedSpecialCharacters: '-_' });
    const webAcl = new wafv2.CfnWebACL(this, 'WebAcl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(this.metricName),
      rules: [
        addressRule('BlockedAddresses', this.ipSets('Blocked', props.blockedCidrs ?? [])),
        addressRule('AllowedAddresses', this.ipSets('Allowed', props.allowedCidrs ?? [])),
        rateLimitRule(props.rateLimit ?? 2000),
        ...groups.map(managedGroupRule),
      ],
    });
    this.webAclArn = webAcl.attrArn;
    this.webAclId = webAcl.attrId;
    // Ref is "name|id|scope".
    this.webAclName = Fn.select(0, Fn.split('|', webAcl.ref));

    this.logGroup = new WebAclLogging(this, 'Logging', {
      webAclArn: webAcl.attrArn,
      logGroupName: props.logGroupName,
      retention: props.logRetention ?? logs.RetentionDays.ONE_MONTH,
      redactedHeaders: props.redactedHeaders ?? ['authorization', 'cookie'],
      protect: props.protect ?? true,
    }).logGroup;
  }

  /** Publishes `webAclArn`, `webAclName`, `webAclId`, `metricName` and `logGroupName`. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      webAclArn: this.webAclArn,
      webAclName: this.webAclName,
      webAclId: this.webAclId,
      metricName: this.metricName,
      logGroupName: this.logGroup.logGroupName,
    });
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
