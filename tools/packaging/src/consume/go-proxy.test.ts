import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readZip } from '../archive';
import { filesBelow } from '../files';
import { writeGoProxy } from './go-proxy';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'go-proxy-'));
  mkdirSync(join(root, 'module', 'sub'), { recursive: true });
  writeFileSync(join(root, 'module', 'go.mod'), 'module example.com/a/b\n');
  writeFileSync(join(root, 'module', 'sub', 'a.go'), 'package sub\n');
});
afterEach(() => rmSync(root, { recursive: true }));

test('a module is served in its version: in the list, with its time-less info, its go.mod and its files', () => {
  writeGoProxy(join(root, 'proxy'), [{ path: 'example.com/a/b', version: 'v1.2.3', folder: join(root, 'module') }]);
  const versions = join(root, 'proxy', 'example.com/a/b/@v');
  expect(filesBelow(versions)).toEqual(['list', 'v1.2.3.info', 'v1.2.3.mod', 'v1.2.3.zip']);
  expect(readFileSync(join(versions, 'list'), 'utf8')).toBe('v1.2.3\n');
  expect(JSON.parse(readFileSync(join(versions, 'v1.2.3.info'), 'utf8'))).toEqual({ Version: 'v1.2.3' });
  expect(readFileSync(join(versions, 'v1.2.3.mod'), 'utf8')).toBe('module example.com/a/b\n');
  const zip = readZip(readFileSync(join(versions, 'v1.2.3.zip')));
  expect([...zip].map(([name, data]) => [name, data.toString()])).toEqual([
    ['example.com/a/b@v1.2.3/go.mod', 'module example.com/a/b\n'],
    ['example.com/a/b@v1.2.3/sub/a.go', 'package sub\n'],
  ]);
});

test('a path with capital letters is refused, since a proxy spells it differently', () => {
  const module = { path: 'example.com/Acme', version: 'v1.0.0', folder: join(root, 'module') };
  expect(() => writeGoProxy(join(root, 'proxy'), [module])).toThrow('example.com/Acme must be in lower case');
});
