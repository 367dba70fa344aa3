import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Ending, runSchedule, type Schedule } from '../schedule/schedule';
import type { StackNode } from '../stack-graph/stack-graph';
import type { AwaitedZone } from './awaited-zones';
import type { DnsAnswer } from './dns';
import { DnsGate } from './dns-gate';

const SERVERS = ['ns-1.awsdns.com', 'ns-2.awsdns.net'];
const DELEGATED: DnsAnswer = { servers: SERVERS };
const NOT_YET: DnsAnswer = { none: 'the name does not exist (NXDOMAIN)' };

const zone: AwaitedZone = {
  name: 'example.com',
  logicalId: 'Zone',
  node: { name: 'zone', stack: { id: 'zone' } } as unknown as StackNode,
  waiting: new Set(['certificate']),
};

/** What needs what: the certificate has to wait for the zone, the load balancer for the certificate. */
const NEEDS: Record<string, string[]> = { zone: [], certificate: ['zone'], alb: ['certificate'], other: [] };

interface Details {
  readonly answers: DnsAnswer[];
  readonly waitForDns?: number;
  readonly failing?: string[];
  readonly items?: string[];
  readonly schedule?: Partial<Schedule>;
  readonly nameServersOf?: () => Promise<string[] | undefined>;
}

async function run({
  answers,
  waitForDns,
  failing = [],
  items = Object.keys(NEEDS),
  schedule,
  nameServersOf,
}: Details) {
  const order: string[] = [];
  const blocked: Record<string, readonly string[]> = {};
  const held: Record<string, { reason: string; by: readonly string[] }> = {};
  const notices: string[] = [];
  let asked = 0;
  const gate = new DnsGate([zone], {
    dns: {
      pollMs: 1,
      nameServers: () => Promise.resolve(answers[Math.min(asked++, answers.length - 1)] as DnsAnswer),
    },
    nameServersOf: nameServersOf ?? (() => Promise.resolve(SERVERS)),
    waitForDns,
    notice: (text) => notices.push(text),
  });
  const guarded = gate.guard(
    {
      items,
      needs: (item) => new Set(NEEDS[item]),
      concurrency: 1,
      continueOnError: true,
      stopped: () => false,
      work: async (item): Promise<Ending> => {
        await nextTurn();
        order.push(item);
        return failing.includes(item) ? 'failed' : 'done';
      },
      blocked: (item, by) => (blocked[item] = by),
      skipped: (item) => order.push(`skipped ${item}`),
      ...schedule,
    },
    (item, reason, by) => (held[item] = { reason, by }),
  );
  await runSchedule(guarded);
  return { order, blocked, held, notices, closing: gate.notices.join('\n'), asked };
}

test('a delegated zone holds nothing, and nothing is said', async () => {
  expect(await run({ answers: [DELEGATED], schedule: { concurrency: 4 } })).toEqual({
    order: ['zone', 'other', 'certificate', 'alb'],
    blocked: {},
    held: {},
    notices: [],
    closing: '',
    asked: 1,
  });
});

test('a zone that is not delegated holds what waits for it and what needs that, and the rest goes on', async () => {
  const { order, blocked, held, closing } = await run({ answers: [NOT_YET], schedule: { continueOnError: false } });
  expect(order).toEqual(['zone', 'other']);
  expect(blocked).toEqual({});
  expect(held).toEqual({
    certificate: { reason: expect.stringContaining('zone example.com is not delegated yet') as string, by: [] },
    alb: { reason: expect.stringContaining('zone example.com is not delegated yet') as string, by: ['certificate'] },
  });
  expect(closing).toMatch(/NXDOMAIN[^]*type +NS[^]*ns-1\.awsdns\.com\n +ns-2\.awsdns\.net[^]*--waitForDns/);
});

test('the zone is asked for only after its stack was shipped, and not at all when that failed', async () => {
  const { asked, order, blocked, held } = await run({ answers: [DELEGATED], failing: ['zone'] });
  expect({ asked, order, held }).toEqual({ asked: 0, order: ['zone', 'other'], held: {} });
  expect(blocked).toEqual({ certificate: ['zone'], alb: ['certificate'] });
});

test('a run without the stacks that wait does not ask', async () => {
  expect((await run({ answers: [NOT_YET], items: ['zone', 'other'] })).asked).toBe(0);
});

test('a wait goes on as soon as the zone is delegated; meanwhile everything else proceeds, also one at a time', async () => {
  const answers = [NOT_YET, NOT_YET, DELEGATED];
  const { order, held, notices, closing } = await run({ answers, waitForDns: 1 });
  expect(order).toEqual(['zone', 'other', 'certificate', 'alb']);
  expect({ held, closing }).toEqual({ held: {}, closing: '' });
  expect(notices[0]).toMatch(/Waiting up to 1 min for the delegation of the zone example\.com: .*NXDOMAIN[^]*type +NS/);
  expect(notices[1]).toBe('The zone example.com is delegated.');
});

test('a wait ends after its minutes, and holds what waits', async () => {
  const { asked, held } = await run({ answers: [NOT_YET], waitForDns: 0.0005 });
  expect(asked).toBeGreaterThan(1);
  expect(Object.keys(held)).toEqual(['certificate', 'alb']);
});

test('a wait ends when nothing more is to start: on an interrupt, and after a failure without continueOnError', async () => {
  const interrupted = await run({ answers: [NOT_YET], waitForDns: 60, schedule: { stopped: stopAfter(20) } });
  expect(Object.keys(interrupted.held)).toEqual(['certificate', 'alb']);
  const failed = await run({
    answers: [NOT_YET],
    waitForDns: 60,
    failing: ['other'],
    schedule: { continueOnError: false },
  });
  expect(Object.keys(failed.held)).toEqual(['certificate', 'alb']);
});

test('what failed on its own account blocks as ever', async () => {
  const needs: Record<string, string[]> = { ...NEEDS, alb: ['certificate', 'other'] };
  const { blocked, held } = await run({
    answers: [NOT_YET],
    failing: ['other'],
    items: ['other', 'zone', 'certificate', 'alb'],
    schedule: { needs: (item) => new Set(needs[item]) },
  });
  expect(Object.keys(held)).toEqual(['certificate']);
  expect(blocked).toEqual({ alb: ['other'] });
});

test('name servers that cannot be read hold what waits, with the error and the way past it', async () => {
  const { held, closing } = await run({
    answers: [DELEGATED],
    nameServersOf: () => Promise.reject(new Error('not authorized')),
  });
  expect(Object.keys(held)).toEqual(['certificate', 'alb']);
  expect(closing).toMatch(/not authorized[^]*--dnsGate=false/);
});

/** Becomes true once it was asked a number of times. */
function stopAfter(times: number): () => boolean {
  let asked = 0;
  return () => ++asked > times;
}
