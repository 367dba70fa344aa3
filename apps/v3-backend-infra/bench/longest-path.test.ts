import { longestPath } from './longest-path';

const stack = (project: string, durationMs: number) => ({ project, durationMs });

describe('the longest path', () => {
  test('adds durations along dependencies, and takes the larger of two branches', () => {
    const stacks = [stack('a', 100), stack('b', 20), stack('c', 50), stack('d', 1)];
    expect(longestPath(stacks, { a: [], b: ['a'], c: ['a'], d: ['b', 'c'] })).toBe(151);
  });

  test('is that of a single stack where nothing depends on anything', () => {
    expect(longestPath([stack('a', 3), stack('b', 7)], {})).toBe(7);
    expect(longestPath([], {})).toBe(0);
  });

  test('leads through a stack that has no duration', () => {
    expect(longestPath([stack('a', 3), stack('c', 4)], { c: ['b'], b: ['a'] })).toBe(7);
  });
});
