import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { APPS, newStack, propertiesOf } from '../../test/fixture';
import { BlockResponseType, WebAcl, type WebAclProps } from '../index';

const WEB_ACL = 'AWS::WAFv2::WebACL';

function synthesize(props?: WebAclProps, stack: Stack = newStack()): Template {
  new WebAcl(stack, 'WebAcl', props);
  return Template.fromStack(stack);
}

function ruleOf(template: Template, name: string) {
  const [{ Rules }] = propertiesOf(template, WEB_ACL);
  return Rules.find(({ Name }: { Name: string }) => Name === name);
}

const decodedPath = (SearchString: string) => ({
  ByteMatchStatement: {
    FieldToMatch: { UriPath: {} },
    PositionalConstraint: 'STARTS_WITH',
    SearchString,
    TextTransformations: [
      { Priority: 0, Type: 'URL_DECODE' },
      { Priority: 1, Type: 'NORMALIZE_PATH' },
    ],
  },
});

describe.each(APPS)('web ACL, in an app %s', (_title, context, env) => {
  test('has unique priorities and names of rules, whatever is asked for', () => {
    const template = synthesize(
      {
        onlyCountries: ['CH'],
        rateLimits: Array.from({ length: 9 }, (_, index) => ({ name: `Limit${index}`, limit: 100 })),
      },
      newStack(context, env),
    );
    const [{ Rules }] = propertiesOf(template, WEB_ACL);
    expect(Rules).toHaveLength(17);
    for (const property of ['Name', 'Priority']) {
      expect(new Set(Rules.map((rule: Record<string, unknown>) => rule[property])).size).toBe(17);
    }
  });
});

describe('countries', () => {
  test('can be blocked, or be the only ones that are not', () => {
    expect(ruleOf(synthesize({ blockedCountries: ['KP', 'IR'] }), 'Countries')).toMatchObject({
      Action: { Block: {} },
      Statement: { GeoMatchStatement: { CountryCodes: ['KP', 'IR'] } },
    });
    expect(ruleOf(synthesize({ onlyCountries: ['CH'] }), 'Countries')).toMatchObject({
      Action: { Block: {} },
      Statement: { NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['CH'] } } } },
    });
    expect(ruleOf(synthesize(), 'Countries')).toBeUndefined();
  });
});

describe('rate limits', () => {
  test('count requests to a part of the application, whatever its path is written like', () => {
    const template = synthesize({
      rateLimits: [{ name: 'Login', limit: 20, window: Duration.minutes(1), pathPrefix: '/auth/' }],
    });
    expect(ruleOf(template, 'Login')).toMatchObject({
      Priority: 10,
      Action: { Block: {} },
      Statement: {
        RateBasedStatement: {
          Limit: 20,
          EvaluationWindowSec: 60,
          AggregateKeyType: 'IP',
          ScopeDownStatement: decodedPath('/auth/'),
        },
      },
    });
  });

  test('tell clients apart by a header, or by the address that a proxy passes on', () => {
    const template = synthesize({
      rateLimits: [
        { name: 'Keys', limit: 100, keyHeader: 'x-api-key' },
        { name: 'Clients', limit: 100, forwardedAddress: true, countOnly: true },
      ],
    });
    expect(ruleOf(template, 'Keys').Statement.RateBasedStatement).toEqual({
      Limit: 100,
      EvaluationWindowSec: 300,
      AggregateKeyType: 'CUSTOM_KEYS',
      CustomKeys: [{ Header: { Name: 'x-api-key', TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }],
    });
    expect(ruleOf(template, 'Clients')).toMatchObject({
      Action: { Count: {} },
      Statement: {
        RateBasedStatement: {
          AggregateKeyType: 'FORWARDED_IP',
          ForwardedIPConfig: { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'NO_MATCH' },
        },
      },
    });
  });
});

describe('managed groups', () => {
  const except = (exceptPathPrefixes?: string[]) => {
    const template = synthesize({ managedRuleGroups: [{ name: 'Bots', vendor: 'Acme', exceptPathPrefixes }] });
    return ruleOf(template, 'Bots').Statement.ManagedRuleGroupStatement;
  };

  test('can leave out paths, one or several, which cannot be forged by other spellings', () => {
    expect(except(['/webhooks/'])).toMatchObject({
      VendorName: 'Acme',
      ScopeDownStatement: { NotStatement: { Statement: decodedPath('/webhooks/') } },
    });
    expect(except(['/a/', '/b/'])).toMatchObject({
      ScopeDownStatement: {
        NotStatement: { Statement: { OrStatement: { Statements: [decodedPath('/a/'), decodedPath('/b/')] } } },
      },
    });
  });

  test('look at everything otherwise', () => {
    for (const prefixes of [undefined, []]) expect(except(prefixes)).not.toHaveProperty('ScopeDownStatement');
  });
});

describe('responses', () => {
  test('to blocked and to limited requests can differ, in code, text and headers', () => {
    const template = synthesize({
      blockedCountries: ['KP'],
      blockResponse: { statusCode: 451 },
      rateLimitResponse: {
        statusCode: 429,
        body: '{"error":"slow down"}',
        bodyType: BlockResponseType.JSON,
        headers: { 'retry-after': '300' },
      },
      rateLimits: [{ name: 'Login', limit: 20 }],
    });
    const [{ CustomResponseBodies }] = propertiesOf(template, WEB_ACL);
    expect(CustomResponseBodies).toEqual({
      RateLimited: { Content: '{"error":"slow down"}', ContentType: 'APPLICATION_JSON' },
    });
    for (const rule of ['BlockedAddresses', 'Countries']) {
      expect(ruleOf(template, rule).Action).toEqual({ Block: { CustomResponse: { ResponseCode: 451 } } });
    }
    for (const rule of ['RateLimit', 'Login']) {
      expect(ruleOf(template, rule).Action).toEqual({
        Block: {
          CustomResponse: {
            ResponseCode: 429,
            CustomResponseBodyKey: 'RateLimited',
            ResponseHeaders: [{ Name: 'retry-after', Value: '300' }],
          },
        },
      });
    }
  });

  test('are plain text unless said otherwise, and WAF’s own where none are given', () => {
    const [text] = propertiesOf(synthesize({ blockResponse: { statusCode: 403, body: 'No' } }), WEB_ACL);
    expect(text.CustomResponseBodies).toEqual({ Blocked: { Content: 'No', ContentType: 'TEXT_PLAIN' } });
    synthesize().hasResourceProperties(WEB_ACL, { CustomResponseBodies: Match.absent() });
  });
});
