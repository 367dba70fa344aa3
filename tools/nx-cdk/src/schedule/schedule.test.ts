import { type Ending, runSchedule } from './schedule';

interface Outcome {
  order: string[];
  most: number;
  blocked: Record<string, readonly string[]>;
  skipped: string[];
}

async function run(
  needs: Record<string, string[]>,
  details: {
    concurrency?: number;
    failing?: string[];
    held?: string[];
    continueOnError?: boolean;
    stopAfter?: number;
  } = {},
): Promise<Outcome> {
  const outcome: Outcome = { order: [], most: 0, blocked: {}, skipped: [] };
  let running = 0;
  await runSchedule({
    items: Object.keys(needs),
    needs: (item) => new Set(needs[item]),
    concurrency: details.concurrency ?? 4,
    continueOnError: details.continueOnError ?? true,
    stopped: () => outcome.order.length >= (details.stopAfter ?? Infinity),
    work: async (item): Promise<Ending> => {
      outcome.order.push(item);
      outcome.most = Math.max(outcome.most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      if (details.held?.includes(item)) return 'held';
      return details.failing?.includes(item) ? 'failed' : 'done';
    },
    blocked: (item, by) => (outcome.blocked[item] = by),
    skipped: (item) => outcome.skipped.push(item),
  });
  return outcome;
}

test('an item starts only after everything it needs, and what nobody works on counts as done', async () => {
  const { order } = await run({ c: ['b', 'a', 'elsewhere'], b: ['a'], a: [] });
  expect(order).toEqual(['a', 'b', 'c']);
});

test('no more items run at once than allowed, and as many as allowed', async () => {
  const independent = { a: [], b: [], c: [], d: [], e: [] };
  expect((await run(independent, { concurrency: 2 })).most).toBe(2);
  expect((await run(independent, { concurrency: 1 })).order).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('after a failure what needs it is blocked, through any number of others, and the rest is done', async () => {
  const { order, blocked } = await run({ a: [], b: ['a'], c: ['a', 'b'], d: [] }, { failing: ['a'] });
  expect(order).toEqual(['a', 'd']);
  expect(blocked).toEqual({ b: ['a'], c: ['a', 'b'] });
});

test('without continueOnError nothing starts after a failure', async () => {
  const { order, skipped } = await run(
    { a: [], b: [], c: [] },
    { failing: ['a'], concurrency: 1, continueOnError: false },
  );
  expect({ order, skipped }).toEqual({ order: ['a'], skipped: ['b', 'c'] });
});

test('when stopped, what runs is waited for and nothing more starts', async () => {
  const { order, skipped } = await run({ a: [], b: ['a'], c: [] }, { stopAfter: 2 });
  expect({ order, skipped }).toEqual({ order: ['a', 'c'], skipped: ['b'] });
});

test('an item that only waits takes no place from others, and what needs it starts when its wait is over', async () => {
  const order: string[] = [];
  let over: () => void = () => undefined;
  const wait = new Promise<void>((resolve) => (over = resolve));
  await runSchedule({
    items: ['wait', 'after', 'a', 'b'],
    needs: (item) => new Set(item === 'after' ? ['wait'] : []),
    concurrency: 1,
    idle: (item) => item === 'wait',
    continueOnError: true,
    stopped: () => false,
    work: async (item): Promise<Ending> => {
      if (item === 'wait') await wait;
      order.push(item);
      if (item === 'b') over();
      return 'done';
    },
    blocked: fail,
    skipped: fail,
  });
  expect(order).toEqual(['a', 'b', 'wait', 'after']);
});

test('what is held blocks what needs it, but is no failure: the rest is done also without continueOnError', async () => {
  const outcome = await run({ a: [], b: ['a'], c: [] }, { held: ['a'], concurrency: 1, continueOnError: false });
  expect(outcome).toMatchObject({ order: ['a', 'c'], blocked: { b: ['a'] }, skipped: [] });
});

function fail(item: string): never {
  throw new Error(`${item} did not start`);
}
