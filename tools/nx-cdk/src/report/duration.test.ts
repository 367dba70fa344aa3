import { duration, wholeSeconds } from './duration';

test.each([
  [0, '0.0 s', '0 s'],
  [449, '0.4 s', '0 s'],
  [59_940, '59.9 s', '1 min 0 s'],
  [59_960, '1 min 0 s', '1 min 0 s'],
  [125_000, '2 min 5 s', '2 min 5 s'],
  [3_780_000, '1 h 3 min', '1 h 3 min'],
])('%i ms are %s, or %s while they change', (ms, exact, whole) => {
  expect([duration(ms), wholeSeconds(ms)]).toEqual([exact, whole]);
});
