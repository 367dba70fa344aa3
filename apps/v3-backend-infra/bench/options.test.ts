import { PARTS, readOptions } from './options';

test('without options everything is measured three times', () => {
  expect(readOptions([])).toEqual({ rounds: 3, parts: PARTS });
});

test('parts can be chosen; they keep their order', () => {
  expect(readOptions(['--only=planning,synth', '--rounds=1'])).toEqual({ rounds: 1, parts: ['synth', 'planning'] });
});

test('every wrong option is named', () => {
  expect(() => readOptions(['--rounds=0', '--only=synth,speed'])).toThrow(/--rounds=0.*\n.*"speed"/s);
  expect(() => readOptions(['--fast'])).toThrow('--fast');
});
