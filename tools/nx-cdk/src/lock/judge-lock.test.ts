import { describeLock, judgeLock } from './judge-lock';
import { formatLock, type Lock, parseLock } from './lock';

const lock: Lock = {
  id: 'theirs',
  owner: 'ann@laptop',
  host: 'laptop boot-1 pid:[1]',
  pid: 42,
  processStart: '1000',
  commit: 'c0ffee',
  command: 'nx run shop:deploy --configuration=dev',
  since: '2026-01-01T10:00:00.000Z',
};
const self = { host: lock.host };
const running = (pid: number, start: string) => pid === 42 && start === '1000';

describe('a lock that was found', () => {
  test.each<[string, Partial<Lock>, string]>([
    ['is held while its holder runs on this machine', {}, 'held'],
    ['is stale when no process has the id of its holder', { pid: 43 }, 'stale'],
    ['is stale when another process has the id of its holder', { processStart: '2000' }, 'stale'],
    ['is elsewhere when the machine was started again', { host: 'laptop boot-2 pid:[1]' }, 'elsewhere'],
    ['is elsewhere when it is of another container on this machine', { host: 'laptop boot-1 pid:[2]' }, 'elsewhere'],
    ['is elsewhere when its machine is not known', { host: null }, 'elsewhere'],
    ['is elsewhere when its holder could not tell when it began', { processStart: null }, 'elsewhere'],
    ['is one’s own by its id alone', { id: 'mine', host: 'laptop boot-2 pid:[1]' }, 'own'],
  ])('%s', (_claim, difference, judgement) => {
    expect(judgeLock({ ...lock, ...difference }, self, 'mine', running)).toBe(judgement);
  });

  test('is never stale for a process that does not know its own machine', () => {
    expect(judgeLock({ ...lock, host: null }, { host: null }, 'mine', () => false)).toBe('elsewhere');
  });
});

describe('a lock in words', () => {
  test('names owner, process, time, commit and command', () => {
    expect(describeLock(lock, new Date('2026-01-01T10:05:30Z'))).toBe(
      'ann@laptop (process 42) since 2026-01-01T10:00:00.000Z (5 minutes), at commit c0ffee, ' +
        'with "nx run shop:deploy --configuration=dev"',
    );
  });

  test.each([
    ['2026-01-01T10:00:01Z', '1 second'],
    ['2026-01-01T10:01:59Z', '119 seconds'],
    ['2026-01-01T10:02:00Z', '2 minutes'],
    ['2026-01-01T12:00:00Z', '2 hours'],
    ['2026-01-04T09:00:00Z', '2 days'],
    ['2026-01-01T09:00:00Z', '0 seconds'],
  ])('at %s it is %s old', (now, age) => {
    expect(describeLock(lock, new Date(now))).toContain(`(${age})`);
  });
});

describe('a lock as it is kept', () => {
  test('is read as it was written', () => {
    expect(parseLock(formatLock(lock))).toEqual(lock);
  });

  test('fits into a parameter, and has nothing that SSM would take for a reference', () => {
    const text = formatLock({ ...lock, command: `nx run-many -p ${'{{ssm:x}},'.repeat(1000)}` });
    expect(Buffer.byteLength(text)).toBeLessThan(4096);
    expect(text).not.toContain('{{');
    expect(parseLock(text)?.command).toMatch(/^nx run-many -p \{\{ssm:x\}\},/);
  });

  test.each(['', 'no JSON', '{}', '{"id":1}'])('is not found in "%s"', (text) => {
    expect(parseLock(text)).toBeUndefined();
  });
});
