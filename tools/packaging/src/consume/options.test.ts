import { CONSUMERS, selectedConsumers, USAGE } from './options';

test('all languages are run unless something is skipped', () => {
  expect(selectedConsumers([])).toEqual(CONSUMERS);
});

test('languages are skipped by name, in one option or several', () => {
  expect(selectedConsumers(['--skip=go,java'])).toEqual(['typescript', 'python']);
  expect(selectedConsumers(['--skip=go', '--skip=java'])).toEqual(['typescript', 'python']);
});

test('every wrong argument is named at once, and how it is done right', () => {
  expect(() => selectedConsumers(['--skip=rust,go,', '--fast'])).toThrow(
    ['--fast is no option', 'rust is no language', '"" is no language', USAGE].join('\n'),
  );
});

test('skipping every language is no way to pass', () => {
  expect(() => selectedConsumers(['--skip=typescript,python,java,go'])).toThrow('every language is skipped');
});
