import { delegationRecord, undelegated } from './delegation';

const own = ['ns-1.awsdns-1.com.', 'NS-2.awsdns-2.net'];

test.each([
  ['all of its name servers', ['ns-1.awsdns-1.com', 'ns-2.awsdns-2.net']],
  ['some of them', ['ns-2.awsdns-2.net']],
  ['them in other letters, with a dot at the end', ['NS-1.AWSDNS-1.com.', 'ns-2.awsdns-2.net.']],
])('a zone is delegated when its name leads to %s', (_what, servers) => {
  expect(undelegated({ servers }, own)).toBeUndefined();
});

test('a zone is not delegated when its name leads elsewhere, even in part, or nowhere', () => {
  expect(undelegated({ servers: ['ns.other.org', 'ns-1.awsdns-1.com'] }, own)).toContain('(ns.other.org)');
  expect(undelegated({ servers: [] }, own)).toContain('no NS records');
  expect(undelegated({ none: 'the name does not exist' }, own)).toBe('the name does not exist');
});

test('when DNS cannot be asked the zone counts as not delegated, and it says how to ask other servers', () => {
  expect(undelegated({ unknown: 'queryNs ETIMEOUT' }, own)).toMatch(/ETIMEOUT.*NX_CDK_DNS_SERVERS/);
});

test('the record names everything that a person has to enter, and where', () => {
  expect(delegationRecord('api.example.com', own)).toEqual([
    expect.stringContaining('example.com') as string,
    '  name    api.example.com',
    '  type    NS',
    '  TTL     3600',
    '  values  ns-1.awsdns-1.com',
    '          ns-2.awsdns-2.net',
  ]);
});
