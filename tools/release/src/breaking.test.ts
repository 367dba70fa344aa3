import { isBreaking } from './breaking';

test.each([
  ['0.1.0', '0.1.1', false],
  ['0.1.9', '0.2.0', true],
  ['0.2.0', '1.0.0', true],
  ['1.2.0', '1.3.0', false],
  ['1.9.0', '2.0.0', true],
])('^%s does not accept %s: %s', (current, next, expected) => {
  expect(isBreaking(current, next)).toBe(expected);
});
