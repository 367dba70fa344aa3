import type { AnnouncedStack } from '../events/event';
import { timeLeft } from './time-left';

const stack = (name: string, expectedMs: number | undefined, ...needs: string[]): AnnouncedStack => ({
  name,
  action: 'update',
  reason: '',
  needs,
  expectedMs,
});
const running = (name: string, since: number): [string, { since: number }] => [name, { since }];

function left(planned: AnnouncedStack[], details: Partial<Parameters<typeof timeLeft>[0]> = {}, now = 0) {
  return timeLeft({ planned, concurrency: 4, running: new Map(), results: new Map(), ...details }, now);
}

describe('the time a run still takes', () => {
  test('is that of the longest chain when there is room for all', () => {
    expect(left([stack('a', 10), stack('b', 20, 'a'), stack('c', 25)])).toBe(30);
  });

  test('is longer when stacks wait for a free place', () => {
    expect(left([stack('a', 10), stack('b', 20), stack('c', 25)], { concurrency: 2 })).toBe(35);
  });

  test('counts what is done and what has passed', () => {
    const planned = [stack('a', 10), stack('b', 100), stack('c', 20, 'a', 'b')];
    const progress = { results: new Map([['a', 'updated' as const]]), running: new Map([running('b', 1000)]) };
    expect(left(planned, progress, 1040)).toBe(80);
  });

  test('does not become negative for a stack that takes longer than before', () => {
    expect(left([stack('a', 10)], { running: new Map([running('a', 0)]) }, 50)).toBe(0);
  });

  test('is unknown when one stack has never shipped, unless it is unchanged', () => {
    expect(left([stack('a', 10), stack('b', undefined)])).toBeUndefined();
    expect(left([stack('a', 10), { ...stack('b', undefined), action: 'unchanged' }])).toBe(10);
  });
});
