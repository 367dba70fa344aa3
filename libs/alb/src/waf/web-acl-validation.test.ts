import { Duration, Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { newStack, problemsOf } from '../../test/fixture';
import { WebAcl, type WebAclProps } from '../index';

const problems = (props: WebAclProps) => problemsOf(() => new WebAcl(newStack(), 'WebAcl', props));

describe('what WAF would refuse is refused at synthesis, all at once', () => {
  test('sources of requests', () => {
    expect(
      problems({
        blockedCidrs: ['0.0.0.0/0', '10.0.0.1', '10.0.0.0/33', '::/0', '2001:db8::/129', '10.0.0.0/8/8'],
        allowedCidrs: ['office'],
        blockedCountries: ['kp'],
        onlyCountries: [],
      }),
    ).toEqual([
      expect.stringMatching(/^blockedCidrs\[0\] must be .* got "0.0.0.0\/0"$/),
      expect.stringMatching(/^blockedCidrs\[1\] must be .* got "10.0.0.1"$/),
      expect.stringMatching(/^blockedCidrs\[2\] must be/),
      expect.stringMatching(/^blockedCidrs\[3\] must be/),
      expect.stringMatching(/^blockedCidrs\[4\] must be/),
      expect.stringMatching(/^blockedCidrs\[5\] must be/),
      expect.stringMatching(/^allowedCidrs\[0\] must be/),
      expect.stringMatching(/^blockedCountries\[0\] must be an ISO 3166 code of two capitals .* got "kp"$/),
      'onlyCountries must name 1 to 50 countries, got 0',
      'blockedCountries and onlyCountries exclude each other: give one of them',
    ]);
  });

  test('rate limits', () => {
    expect(
      problems({
        rateLimit: 9,
        rateLimits: [
          {
            name: 'a b',
            limit: 1,
            window: Duration.minutes(3),
            pathPrefix: 'auth',
            keyHeader: 'X-Key',
            forwardedAddress: true,
          },
        ],
      }),
    ).toEqual([
      'rateLimit must be a whole number from 10 to 2000000000, got 9',
      expect.stringContaining('rateLimits[0].name must be'),
      expect.stringContaining('rateLimits[0].limit must be'),
      'rateLimits[0].window must be 60, 120, 300, 600 seconds, got 180',
      expect.stringContaining('rateLimits[0].pathPrefix must be'),
      expect.stringContaining('rateLimits[0].keyHeader must be a header name in lower case'),
      'rateLimits[0].forwardedAddress and rateLimits[0].keyHeader exclude each other: give one of them',
    ]);
    const many = Array.from({ length: 10 }, (_, index) => ({ name: `Limit${index}`, limit: 100 }));
    expect(problems({ rateLimits: many })).toEqual(['rateLimits has 10 limits, the most is 9']);
  });

  test('names of rules that exist already', () => {
    expect(problems({ managedRuleGroups: [{ name: 'A' }, { name: 'A' }] })).toEqual([
      expect.stringContaining('rateLimits and managedRuleGroups name A more than once'),
    ]);
    expect(problems({ rateLimits: [{ name: 'RateLimit', limit: 10 }] })).toEqual([
      expect.stringContaining('name RateLimit more than once, or as the web ACL names a rule of its own'),
    ]);
  });

  test('exceptions from managed groups that would be for everything', () => {
    expect(problems({ managedRuleGroups: [{ name: 'A', exceptPathPrefixes: ['/'] }] })).toEqual([
      expect.stringContaining('managedRuleGroups[0].exceptPathPrefixes[0] must be a path of 2 to 200 characters'),
    ]);
  });

  test('responses', () => {
    expect(
      problems({
        blockResponse: { statusCode: 600, body: '' },
        rateLimitResponse: {
          statusCode: 429,
          body: 'ä'.repeat(2049),
          headers: { 'Content-Type': 'text/css', 'retry after': '' },
        },
      }),
    ).toEqual([
      expect.stringContaining('blockResponse.statusCode must be'),
      'blockResponse.body must have 1 to 4096 bytes, got 0',
      'rateLimitResponse.body must have 1 to 4096 bytes, got 4098',
      expect.stringContaining('rateLimitResponse.headers must not name content-type'),
      expect.stringContaining('rateLimitResponse.headers["retry after"] must be a header name'),
      expect.stringContaining('rateLimitResponse.headers["retry after"] must be a value of 1 to 255 characters'),
    ]);
  });

  test('the log', () => {
    expect(problems({ logGroupName: 'waf-logs', redactedHeaders: ['Cookie'], loggedActions: [] })).toEqual([
      'logGroupName must be a name that starts with "aws-waf-logs-", or WAF refuses it, got "waf-logs"',
      'redactedHeaders[0] must be a header name in lower case, got "Cookie"',
      'loggedActions is empty, so nothing would be logged: leave it out to log everything',
    ]);
  });
});

test('values that are known at deployment only are no problem', () => {
  const stack = newStack();
  new WebAcl(stack, 'WebAcl', {
    blockedCidrs: [Lazy.string({ produce: () => '192.0.2.0/24' })],
    rateLimits: [{ name: 'A', limit: 10, window: Duration.seconds(Lazy.number({ produce: () => 60 })) }],
  });
  expect(JSON.stringify(Template.fromStack(stack))).toContain('192.0.2.0/24');
});
