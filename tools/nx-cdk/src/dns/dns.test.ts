import { NameServer } from '../testing/name-server';
import { dnsOf, dnsProblems, SystemDns } from './dns';

let server: NameServer;

beforeEach(async () => {
  server = await NameServer.start();
});

afterEach(() => server.stop());

const ask = (name: string) => new SystemDns([server.address]).nameServers(name);

test('name servers of a delegated name', async () => {
  server.answers.set('example.com', ['ns-1.example.net', 'ns-2.example.net']);
  const answer = (await ask('example.com')) as { servers: string[] };
  expect([...answer.servers].sort()).toEqual(['ns-1.example.net', 'ns-2.example.net']);
});

test('a name that does not exist, has no NS records, or is nobody’s, has none', async () => {
  server.answers.set('empty.example.com', []).set('broken.example.com', 'SERVFAIL');
  expect(await ask('example.com')).toEqual({ none: expect.stringContaining('NXDOMAIN') as string });
  expect(await ask('empty.example.com')).toEqual({ none: expect.stringContaining('no NS records') as string });
  expect(await ask('broken.example.com')).toEqual({ none: expect.stringContaining('SERVFAIL') as string });
});

test('a server that refuses, or that is not there, leaves it unknown', async () => {
  server.answers.set('example.com', 'REFUSED');
  expect(await ask('example.com')).toEqual({ unknown: expect.stringContaining('REFUSED') as string });
  const gone = await NameServer.start();
  const { address } = gone;
  await gone.stop();
  expect(await new SystemDns([address]).nameServers('example.com')).toEqual({
    unknown: expect.stringMatching(/REFUSED|TIMEOUT/) as string,
  });
});

test('every question is asked anew: no answer is kept', async () => {
  const dns = new SystemDns([server.address]);
  await dns.nameServers('example.com');
  server.answers.set('example.com', ['ns-1.example.net']);
  expect(await dns.nameServers('example.com')).toEqual({ servers: ['ns-1.example.net'] });
});

test('servers can be named, as IP addresses with or without a port', async () => {
  server.answers.set('example.com', ['ns-1.example.net']);
  const env = { NX_CDK_DNS_SERVERS: ` ${server.address} ` };
  expect(dnsProblems(env)).toEqual([]);
  for (const isLocal of [true, false]) {
    expect(await dnsOf(env, isLocal)?.nameServers('example.com')).toEqual({ servers: ['ns-1.example.net'] });
  }
  expect(dnsProblems({ NX_CDK_DNS_SERVERS: '1.1.1.1,[::1]:5300,9.9.9.9:53' })).toEqual([]);
  for (const text of ['', 'dns.example.com', '127.0.0.1:x', '1.1.1.1,']) {
    expect(dnsProblems({ NX_CDK_DNS_SERVERS: text })).toEqual([
      expect.stringContaining(`NX_CDK_DNS_SERVERS=${text} is no list of DNS servers`),
    ]);
  }
});

test('without named servers the system’s are asked, and none for a local endpoint', () => {
  expect(dnsProblems({})).toEqual([]);
  expect(dnsOf({}, false)).toBeInstanceOf(SystemDns);
  expect(dnsOf({}, true)).toBeUndefined();
});
