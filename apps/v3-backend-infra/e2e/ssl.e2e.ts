import { Endpoint } from './endpoint';
import { NameServer } from './name-server';
import { WorkspaceCopy } from './workspace-copy';

const ZONE = 'v3-backend.example.com';
const SSL_STACKS = ['certificate', 'hosted-zone'];
/** Those that need the certificate, directly or not. */
const HELD = ['alb', 'certificate', 'compute', 'monitoring'];

describe('the zone and the certificate of the local environment', () => {
  let workspace: WorkspaceCopy;
  let endpoint: Endpoint;
  let dns: NameServer;

  const deploy = (...options: string[]) =>
    workspace.nx(['run', 'v3-backend-infra:deploy', '--configuration=local', ...options], {
      NX_CDK_DNS_SERVERS: dns.address,
    });

  /** Names of the stacks with a result, sorted. */
  const having = (result: string) =>
    Object.entries(workspace.results())
      .filter(([, one]) => one === result)
      .map(([stack]) => stack)
      .sort();

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    endpoint = new Endpoint(workspace.port);
    dns = await NameServer.start();
  });
  afterAll(async () => {
    await dns.stop();
    await workspace.dispose();
  });

  test('while the zone is not delegated, what needs the certificate waits, the rest ships, and the record is told', async () => {
    const { status, output } = await deploy();
    expect([status, output]).toEqual([1, expect.stringContaining(`The zone ${ZONE} is not delegated yet`)]);
    expect(output).toMatch(/name +v3-backend\.example\.com\s+type +NS\s+TTL +3600\s+values +ns-1\.awsdns-1\.com\s/);
    expect(having('blocked')).toEqual(HELD);
    expect(having('created')).toHaveLength(14 - HELD.length);
    expect(workspace.report().notices.join('\n')).toContain('ns-4.awsdns-4.co.uk');
  });

  test('after the delegation the same command ships what waited', async () => {
    dns.delegated.set(ZONE, ['ns-1.awsdns-1.com', 'ns-2.awsdns-2.net', 'ns-3.awsdns-3.org', 'ns-4.awsdns-4.co.uk']);
    const { status, output } = await deploy();
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(having('created')).toEqual(HELD);
    expect(having('unchanged')).toHaveLength(14 - HELD.length);
  });

  test('when SSL is switched off, their stacks are told to be left over, and stay', async () => {
    workspace.edit(
      'apps/v3-backend-infra/config/src/environments/local.ts',
      'ssl: { enabled: true',
      'ssl: { enabled: false',
    );
    const { status, output } = await deploy();
    expect([status, output]).toEqual([0, expect.stringContaining('no longer part of the app')]);
    expect(having('excluded')).toEqual(SSL_STACKS);
    expect(having('updated')).toContain('alb');
    expect(await endpoint.stacks()).toHaveLength(14);
  });

  test('they go, in order, when that is allowed, and nothing else changes', async () => {
    const names = SSL_STACKS.map((stack) => `v3-backend-local-${stack}`).reverse();
    const { status, output } = await deploy(`--allowDestructive=${names.join(',')}`);
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(having('destroyed')).toEqual(SSL_STACKS);
    expect(having('unchanged')).toHaveLength(12);
    expect([...output.matchAll(/✔ (\S+): destroyed/g)].map(([, stack]) => stack)).toEqual([...names].reverse());
    expect(await endpoint.stacks()).toHaveLength(12);
  });

  test('a destroy then leaves nothing', async () => {
    const { status, output } = await workspace.destroy('--confirm=local');
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(having('destroyed')).toHaveLength(12);
    expect(await endpoint.stacks()).toEqual([]);
    expect(await endpoint.parameters()).toEqual({});
    expect(await endpoint.networksAndBuckets()).toEqual([]);
  });
});
