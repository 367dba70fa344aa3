import { spawnSync } from 'node:child_process';
import { setImmediate as turn } from 'node:timers/promises';
import { Refusal } from '../engine/refusal';
import type { RecordKey, RecordStore } from '../records/record-store';
import { EnvironmentLock } from './environment-lock';
import { formatLock, type Lock, parseLock } from './lock';
import { thisProcess } from './this-process';

const KEY: RecordKey = { name: '/app/test/lock', region: 'eu-west-1' };

/** SSM's guarantees and no more: single calls are atomic, and anything may happen between two of them. */
class Store implements RecordStore {
  public readonly records = new Map<string, string>();
  public calls: string[] = [];
  /** Runs before a call is answered. */
  public before: (call: string) => void | Promise<void> = () => undefined;
  /** Runs after a call had its effect. */
  public after: (call: string) => void = () => undefined;

  public read = (key: RecordKey) => this.call('read', key, () => this.records.get(key.name));
  public create = (key: RecordKey, text: string) =>
    this.call('create', key, () => !this.records.has(key.name) && this.records.set(key.name, text) === this.records);
  public write = (key: RecordKey, text: string) => this.call('write', key, () => void this.records.set(key.name, text));
  public remove = (key: RecordKey) => this.call('remove', key, () => void this.records.delete(key.name));

  private async call<T>(action: string, { name }: RecordKey, act: () => T): Promise<T> {
    const call = `${action} ${name}`;
    this.calls.push(call);
    await this.before(call);
    const result = act();
    this.after(call);
    return result;
  }
}

let store: Store;
let notices: string[];
const gone = { pid: spawnSync(process.execPath, ['-e', '']).pid, processStart: '1' };

beforeEach(() => {
  store = new Store();
  notices = [];
});

const newLock = () =>
  new EnvironmentLock(store, {
    environment: 'test',
    key: () => KEY,
    commit: 'c0ffee',
    command: 'nx run app:deploy',
    unlockCommand: 'npx nx run app:unlock --configuration=test',
    notice: (text) => notices.push(text),
  });

/** Somebody else's lock. */
const leave = (difference: Partial<Lock>, name = KEY.name) => {
  const base = { ...thisProcess(), id: 'theirs', owner: 'ann@laptop', commit: null, command: 'nx x' };
  store.records.set(name, formatLock({ ...base, since: '2026-01-01T10:00:00.000Z', ...difference }));
};

const holder = () => parseLock(store.records.get(KEY.name) ?? '')?.id;

describe('taking the lock', () => {
  test('nobody else gets it until it is released', async () => {
    const first = newLock();
    await first.acquire();
    await expect(newLock().acquire()).rejects.toThrow(Refusal);
    await expect(newLock().refuseIfHeld()).rejects.toThrow(Refusal);
    await first.release();
    await newLock().refuseIfHeld();
    await newLock().acquire();
  });

  test('of many that want it at once exactly one gets it', async () => {
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => newLock().acquire()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('it is ours although the answer to its creation was lost and SSM then says that it exists', async () => {
    const create = store.create;
    store.create = async (key, text) => (await create(key, text)) && create(key, text);
    const lock = newLock();
    await lock.acquire();
    await lock.release();
    expect(store.records.size).toBe(0);
  });

  test('looking at it changes nothing', async () => {
    leave(gone);
    expect(await newLock().refuseIfHeld()).toBe(true);
    expect(store.calls).toEqual([`read ${KEY.name}`]);
  });
});

describe('a lock that is refused', () => {
  test('of this machine: names its holder and says to wait', async () => {
    leave({});
    await expect(newLock().acquire()).rejects.toThrow(
      /locked by ann@laptop \(process \d+\) since .*"nx x".*runs on this/,
    );
    expect(holder()).toBe('theirs');
  });

  test('of another machine: says how to lift it', async () => {
    leave({ host: 'other', ...gone });
    await expect(newLock().acquire()).rejects.toThrow('npx nx run app:unlock --configuration=test');
    expect(holder()).toBe('theirs');
  });

  test('that nobody can read: shows it, and says how to lift it', async () => {
    store.records.set(KEY.name, 'by hand');
    await expect(newLock().acquire()).rejects.toThrow(/by hand.*app:unlock/);
  });
});

describe('a lock whose holder has ended', () => {
  test('is taken over with a notice, and nothing of the takeover is left', async () => {
    leave(gone);
    const lock = newLock();
    await lock.acquire();
    expect(holder()).not.toBe('theirs');
    expect([...store.records.keys()]).toEqual([KEY.name]);
    expect(notices).toEqual([expect.stringContaining('left by a run that has ended: ann@laptop')]);
    await lock.release();
    expect(store.records.size).toBe(0);
  });

  test('is never taken over by two, in whatever order their calls are answered', async () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      store = new Store();
      leave({ ...gone, id: 'stale' });
      const random = randomOf(seed);
      store.before = async () => {
        for (let turns = random(4); turns > 0; turns -= 1) await turn();
      };
      const locks = Array.from({ length: 4 }, newLock);
      const results = await Promise.allSettled(locks.map((lock) => lock.acquire()));
      const winners = results.filter(({ status }) => status === 'fulfilled');
      expect([seed, winners.length <= 1]).toEqual([seed, true]);
      await Promise.all(locks.map((lock) => lock.release()));
      if (winners.length === 1) expect([seed, [...store.records.keys()]]).toEqual([seed, []]);
    }
  });

  test('is left to who began to take it over and is still there', async () => {
    leave(gone);
    leave({ owner: 'bob@laptop' }, `${KEY.name}/takeover`);
    await expect(newLock().acquire()).rejects.toThrow('bob@laptop');
    expect(holder()).toBe('theirs');
  });

  test('is taken over although somebody else was killed while taking it over', async () => {
    leave(gone);
    leave({ ...gone, id: 'killed' }, `${KEY.name}/takeover`);
    await newLock().acquire();
    expect([...store.records.keys()]).toEqual([KEY.name]);
  });

  test('is not replaced when another run was faster', async () => {
    leave(gone);
    store.after = (call) => {
      if (call === `create ${KEY.name}/takeover`) leave({ id: 'faster', owner: 'bob@laptop' });
    };
    await expect(newLock().acquire()).rejects.toThrow('bob@laptop');
    expect(holder()).toBe('faster');
  });
});

describe('releasing', () => {
  test('leaves a lock that is not ours any more', async () => {
    const lock = newLock();
    await lock.acquire();
    leave({});
    await lock.release();
    expect(holder()).toBe('theirs');
  });

  test('does nothing when the lock was not taken, and when it was refused', async () => {
    await newLock().release();
    expect(store.calls).toEqual([]);
    leave({});
    const refused = newLock();
    await expect(refused.acquire()).rejects.toThrow(Refusal);
    store.calls = [];
    await refused.release();
    expect(store.calls).toEqual([]);
  });

  test('waits for a lock that is just being taken', async () => {
    let answer = () => undefined as void;
    store.before = () => new Promise((resolve) => (answer = resolve));
    const lock = newLock();
    const acquired = lock.acquire();
    const released = lock.release();
    store.before = () => undefined;
    answer();
    await Promise.all([acquired, released]);
    expect(store.records.size).toBe(0);
  });

  test('removes a lock that was taken although its answer was an error', async () => {
    store.after = (call) => {
      if (call.startsWith('create')) throw new Error('connection lost');
    };
    const lock = newLock();
    await expect(lock.acquire()).rejects.toThrow('connection lost');
    await lock.release();
    expect(store.records.size).toBe(0);
  });

  test('that fails is a notice with the way out', async () => {
    const lock = newLock();
    await lock.acquire();
    store.before = () => {
      throw new Error('no network');
    };
    await lock.release();
    expect(notices).toEqual([expect.stringMatching(/could not be released: no network[^]*app:unlock/)]);
  });
});

/** Numbers below a limit, the same ones for the same seed. */
function randomOf(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}
