import { inWords, longest, NONE, sum } from './estimate';

describe('an estimate', () => {
  test('of parts after each other: typical times add, and not everything is slow at once', () => {
    const both = sum({ typical: 10, high: 13 }, { typical: 20, high: 24 });
    expect(both).toEqual({ typical: 30, high: 35 });
    expect(sum()).toEqual(NONE);
  });

  test('of parts side by side is the longest', () => {
    expect(
      longest([
        { typical: 10, high: 40 },
        { typical: 20, high: 30 },
      ]),
    ).toEqual({ typical: 20, high: 40 });
    expect(longest([])).toEqual(NONE);
  });

  test('is told in round numbers', () => {
    expect(inWords({ typical: 61, high: 83 })).toBe('60 s to 85 s');
    expect(inWords({ typical: 118, high: 152 })).toBe('2 min to 2 min 30 s');
    expect(inWords({ typical: 1400, high: 1790 })).toBe('23 min to 30 min');
    expect(inWords({ typical: 31, high: 32 })).toBe('30 s');
    expect(inWords({ typical: 598, high: 601 })).toBe('10 min');
  });
});
