import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readExceptions } from './exceptions';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exceptions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(text: string): readonly string[] {
  const file = join(folder, 'exceptions.txt');
  writeFileSync(file, text);
  return readExceptions(file).keys;
}

test('where there is no file, nothing is excepted', () => {
  expect(readExceptions(join(folder, 'exceptions.txt')).keys).toEqual([]);
});

test('one reason is good for the keys below it, up to an empty line', () => {
  expect(read('# Both were never of use.\na:b\nc:d\n\n# Renamed.\ne:f\n')).toEqual(['a:b', 'c:d', 'e:f']);
});

test('every key without a reason is refused', () => {
  expect(() => read('a:b\n\n# Renamed.\nc:d\n\ne:f\n')).toThrow(/say in a comment.*:\n {2}a:b\n {2}e:f$/s);
});
