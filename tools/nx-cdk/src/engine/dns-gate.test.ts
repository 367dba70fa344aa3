import { type Dns, SystemDns } from '../dns/dns';
import type { StackSketch } from '../testing/assembly-builder';
import { NameServer } from '../testing/name-server';
import { scriptedRoute53 } from '../testing/scripted/scripted-services';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';

const OWN = ['ns-1.awsdns.com', 'ns-2.awsdns.net'];

const certificate = (DomainName: string): StackSketch => ({
  after: ['zone'],
  resources: {
    Certificate: {
      Type: 'AWS::CertificateManager::Certificate',
      Properties: { DomainName, ValidationMethod: 'DNS' },
    },
  },
  publishes: { arn: 'arn:1' },
});

/** The load balancer reads what the certificate publishes; the queue needs only the zone. */
const APP: Record<string, StackSketch> = {
  zone: { resources: { Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com' } } } },
  certificate: certificate('api.example.com'),
  alb: { after: ['certificate'], reads: ['/app/certificate/arn'] },
  queue: { after: ['zone'] },
};

let rig: TestRig;
let server: NameServer;
let dns: Dns;

beforeEach(async () => {
  server = await NameServer.start();
  const system = new SystemDns([server.address]);
  dns = { pollMs: 10, nameServers: (name) => system.nameServers(name) };
  rig = await TestRig.start(APP);
  rig.aws.services.set('route53', scriptedRoute53(OWN));
});

afterEach(async () => {
  await server.stop();
  await rig.stop();
});

test('before the delegation everything else ships and the record to create is told; after it the rest follows', async () => {
  const first = await rig.deploy({}, { dns });
  expect(resultsOf(first)).toEqual({ zone: 'created', certificate: 'blocked', alb: 'blocked', queue: 'created' });
  expect(first.ok).toBe(false);
  expect(rowOf(first, 'certificate')?.reason).toMatch(
    /^the zone example\.com is not delegated yet: create the NS record/,
  );
  expect(rowOf(first, 'alb')?.reason).toMatch(/^it needs certificate: the zone example\.com is not delegated yet/);
  expect(first.notices.at(-1)).toMatch(
    /^The zone example\.com is not delegated yet: .*NXDOMAIN[^]*name +example\.com\n +type +NS\n[^]*ns-1\.awsdns\.com\n +ns-2\.awsdns\.net\n/,
  );

  server.answers.set('example.com', OWN);
  const second = await rig.deploy({}, { dns });
  expect(resultsOf(second)).toEqual({ zone: 'unchanged', certificate: 'created', alb: 'created', queue: 'unchanged' });
  expect(second.ok).toBe(true);
});

test('--waitForDns goes on in the same run as soon as the zone is delegated, also one stack at a time', async () => {
  const report = await rig.deploy(
    { waitForDns: 5, concurrency: 1 },
    {
      dns,
      listener: (event) => {
        if (event.type === 'stack-finished' && event.name === 'queue') server.answers.set('example.com', OWN);
      },
    },
  );
  expect(resultsOf(report)).toEqual({ zone: 'created', certificate: 'created', alb: 'created', queue: 'created' });
  expect(rig.started).toEqual(['zone', 'queue', 'certificate', 'alb']);
  expect(report.notices[0]).toMatch(/^Waiting up to 5 min[^]*type +NS/);
});

test('an interrupt ends the wait', async () => {
  const interrupts = { stopping: false, detached: new Promise<void>(() => undefined) };
  const listener = ({ type }: { type: string }) => (interrupts.stopping ||= type === 'notice');
  const report = await rig.deploy({ waitForDns: 60 }, { dns, interrupts, listener });
  expect(rowOf(report, 'certificate')?.reason).toContain('not delegated yet');
});

test('the zone is only asked for when a certificate is about to be made or changed', async () => {
  server.answers.set('example.com', OWN);
  await rig.deploy({}, { dns });
  server.answers.clear();
  rig.workspace.synthesize({ ...APP, certificate: { ...certificate('api.example.com'), version: '2' } });
  server.questions.length = 0;
  expect(resultsOf(await rig.deploy({}, { dns }))).toMatchObject({ certificate: 'updated' });
  expect(server.questions).toEqual([]);

  rig.workspace.synthesize({ ...APP, certificate: certificate('www.example.com') });
  expect(resultsOf(await rig.deploy({}, { dns }))).toMatchObject({ certificate: 'blocked', zone: 'unchanged' });
  expect(resultsOf(await rig.deploy({}, { dns, stacks: ['certificate'] }))).toMatchObject({ certificate: 'blocked' });
});

test('--dnsGate=false asks nobody', async () => {
  expect((await rig.deploy({ dnsGate: false }, { dns })).ok).toBe(true);
  expect(server.questions).toEqual([]);
});

test('when DNS cannot be asked, certificates are held, and it says how to ask other servers', async () => {
  server.answers.set('example.com', 'REFUSED');
  const report = await rig.deploy({}, { dns });
  expect(resultsOf(report)).toMatchObject({ certificate: 'blocked', queue: 'created' });
  expect(report.notices.at(-1)).toContain('NX_CDK_DNS_SERVERS');
});
