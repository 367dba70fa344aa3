import { SsmContract } from '@v3-backend/core';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { WebAcl, WebAclRuleAction, type WebAclProps } from '../index';

const contract = new SsmContract({ environment: 'staging', stack: 'waf' });

function synthesize(props?: WebAclProps): Template {
  const stack = new Stack(new App(), 'Waf');
  new WebAcl(stack, 'WebAcl', props).publish(contract);
  return Template.fromStack(stack);
}

function rulesOf(template: Template): Record<string, unknown>[] {
  const [acl] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
  return acl!.Properties.Rules;
}

describe('web ACL', () => {
  test('looks at blocked addresses, allowed addresses, the rate, and then the managed groups', () => {
    const rules = rulesOf(synthesize());
    expect(rules.map(({ Name, Priority }) => `${Priority} ${Name}`)).toEqual([
      '0 BlockedAddresses',
      '1 AllowedAddresses',
      '2 RateLimit',
      '100 AWSManagedRulesAmazonIpReputationList',
      '101 AWSManagedRulesCommonRuleSet',
      '102 AWSManagedRulesKnownBadInputsRuleSet',
      '103 AWSManagedRulesSQLiRuleSet',
    ]);
    expect(rules[2]).toMatchObject({ Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP' } } });
  });

  test('counts large bodies, which the common rule set would block', () => {
    const counted = { Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } };
    const overridesOf = (template: Template) =>
      rulesOf(template).find(({ Name }) => Name === 'AWSManagedRulesCommonRuleSet') as Record<string, unknown>;
    expect(overridesOf(synthesize())).toMatchObject({
      Statement: { ManagedRuleGroupStatement: { RuleActionOverrides: [counted] } },
    });
    const template = synthesize({
      managedRuleGroups: [
        {
          name: 'AWSManagedRulesCommonRuleSet',
          version: 'Version_1.0',
          ruleActionOverrides: { NoUserAgent_HEADER: WebAclRuleAction.CHALLENGE },
          countOnly: true,
        },
      ],
    });
    expect(overridesOf(template)).toMatchObject({
      OverrideAction: { Count: {} },
      Statement: {
        ManagedRuleGroupStatement: {
          Version: 'Version_1.0',
          RuleActionOverrides: [{ Name: 'NoUserAgent_HEADER', ActionToUse: { Challenge: {} } }, counted],
        },
      },
    });
    const blocking = synthesize({
      managedRuleGroups: [
        {
          name: 'AWSManagedRulesCommonRuleSet',
          ruleActionOverrides: { SizeRestrictions_BODY: WebAclRuleAction.BLOCK },
        },
      ],
    });
    expect(overridesOf(blocking)).toMatchObject({
      Statement: {
        ManagedRuleGroupStatement: {
          RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Block: {} } }],
        },
      },
    });
  });

  test('puts addresses into a set of their family; without any there is an empty IPv4 set', () => {
    const template = synthesize({ blockedCidrs: ['192.0.2.0/24', '2001:db8::/32'] });
    const sets = Object.values(template.findResources('AWS::WAFv2::IPSet')).map(({ Properties }) => [
      Properties.IPAddressVersion,
      Properties.Addresses,
    ]);
    expect(sets).toEqual([
      ['IPV4', ['192.0.2.0/24']],
      ['IPV6', ['2001:db8::/32']],
      ['IPV4', []],
    ]);
    expect(rulesOf(template)[0]).toMatchObject({
      Action: { Block: {} },
      Statement: { OrStatement: { Statements: [expect.anything(), expect.anything()] } },
    });
    expect(rulesOf(template)[1]).toMatchObject({ Action: { Allow: {} } });
  });

  test('logs to a group that WAF accepts and no earlier stack left behind, without credentials', () => {
    const template = synthesize();
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: {
        LogGroupName: {
          'Fn::Join': ['-', [Match.stringLikeRegexp('^aws-waf-logs-Waf-'), { 'Fn::Select': [0, Match.anyValue()] }]],
        },
        RetentionInDays: 30,
      },
      DeletionPolicy: 'Retain',
    });
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      LogDestinationConfigs: [{ 'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('LogGroup') }])] }],
      RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }],
    });
  });

  test('its log can have a name, a retention, and an end', () => {
    synthesize({
      logGroupName: 'aws-waf-logs-shop',
      logRetention: logs.RetentionDays.ONE_WEEK,
      redactedHeaders: ['x-api-key'],
      protect: false,
    }).hasResource('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: 'aws-waf-logs-shop', RetentionInDays: 7 },
      DeletionPolicy: 'Delete',
    });
  });

  test('publishes what others need, and is read back value by value', () => {
    const keys = Object.values(synthesize().findResources('AWS::SSM::Parameter')).map(({ Properties }) =>
      Properties.Name.split('/').pop(),
    );
    expect(keys.sort()).toEqual([
      'logDestinationArn',
      'logGroupName',
      'metricName',
      'webAclArn',
      'webAclId',
      'webAclName',
    ]);

    const reader = new Stack(new App(), 'Reader');
    const webAcl = WebAcl.fromSsm(reader, 'WebAcl', contract);
    expect(Object.keys(Template.fromStack(reader).findParameters('*'))).toEqual(['BootstrapVersion']);
    for (const key of ['webAclArn', 'webAclId', 'webAclName', 'metricName'] as const) {
      expect(reader.resolve(webAcl[key])).toEqual({ Ref: expect.stringContaining(key) });
    }
  });

  test('has metrics, of all rules or one, also where it is imported', () => {
    const stack = new Stack(new App(), 'Reader');
    const created = new WebAcl(stack, 'Created');
    const imported = WebAcl.fromSsm(stack, 'Imported', contract);
    for (const webAcl of [created, imported]) {
      const blocked = webAcl.metricBlockedRequests();
      expect([blocked.namespace, blocked.metricName, blocked.statistic]).toEqual([
        'AWS/WAFV2',
        'BlockedRequests',
        'Sum',
      ]);
      expect(blocked.dimensions).toMatchObject({ WebACL: webAcl.metricName, Rule: 'ALL' });
      const counted = webAcl.metric('CountedRequests', 'RateLimit', { statistic: 'Average' });
      expect([counted.metricName, counted.statistic]).toEqual(['CountedRequests', 'Average']);
      expect(counted.dimensions).toMatchObject({ Rule: 'RateLimit' });
    }
  });

  test('can be imported by its attributes', () => {
    const attrs = { webAclArn: 'arn', webAclName: 'name', webAclId: 'id', metricName: 'metric' };
    expect(WebAcl.fromWebAclAttributes(new Stack(), 'WebAcl', attrs)).toMatchObject(attrs);
  });
});
