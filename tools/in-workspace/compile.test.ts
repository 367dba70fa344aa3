import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compile } from './compile';

let root: string;
let project: string;
let target: string;
let files: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'in-workspace-'));
  project = join(root, 'tools/plugin');
  target = join(root, 'node_modules/.plugin');
  files = [];
  write('src/index.ts', "export const name: string = 'one';\n");
  write('src/files/stack.ts.template', 'class <%= name %> {}');
  write('list.json', '{}');
});

afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
  if (!files.includes(file)) files.push(file);
}

const compiled = (more: Partial<Parameters<typeof compile>[0]> = {}) => compile({ project, target, files, ...more });
const read = (file: string) => readFileSync(join(target, file), 'utf8');
const written = () =>
  readdirSync(target, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(target, file)).isFile())
    .sort();

/** What another process would load. */
function load(file: string): unknown {
  const module = { exports: {} };
  new Function('module', 'exports', read(file))(module, module.exports);
  return module.exports;
}

test('TypeScript is compiled, and all else copied, changed where that is wanted', () => {
  expect(compiled({ changes: { 'list.json': (text) => `[${text}]` } })).toEqual(files);
  expect(written()).toEqual(['list.json', 'src/files/stack.ts.template', 'src/index.js', 'versions.json']);
  expect(load('src/index.js')).toEqual({ name: 'one' });
  expect(read('src/files/stack.ts.template')).toBe('class <%= name %> {}');
  expect(read('list.json')).toBe('[{}]');
});

test('a second time, nothing is written, also when files were touched or copied without a change', () => {
  compiled();
  expect(compiled()).toEqual([]);
  const before = statSync(join(target, 'src/index.js')).mtimeMs;
  utimesSync(join(project, 'src/index.ts'), 1, 1);
  expect(compiled()).toEqual([]);
  expect(statSync(join(target, 'src/index.js')).mtimeMs).toBe(before);
});

test('a change counts, whatever time the file claims to be of', () => {
  compiled();
  const { atime, mtime } = statSync(join(project, 'list.json'));
  write('list.json', '[]');
  utimesSync(join(project, 'list.json'), atime, mtime);
  expect(compiled()).toEqual(['list.json']);
});

test('only what changed is compiled again', () => {
  compiled();
  write('src/index.ts', "export const name: string = 'two';\n");
  write('src/other.ts', 'export {};');
  expect(compiled()).toEqual(['src/index.ts', 'src/other.ts']);
  expect(load('src/index.js')).toEqual({ name: 'two' });
  expect(compiled()).toEqual([]);
});

test('everything follows from the settings', () => {
  const settings = [join(root, 'setting.js')];
  writeFileSync(settings[0]!, 'one');
  compiled({ settings });
  expect(compiled({ settings })).toEqual([]);
  writeFileSync(settings[0]!, 'two');
  expect(compiled({ settings })).toEqual(files);
});

test('what has no source any more goes', () => {
  write('src/other.ts', 'export {};');
  compiled();
  files.pop();
  compiled();
  expect(written()).not.toContain('src/other.js');
});

test('lines that do not parse are all named, and what was compiled before stays', () => {
  compiled();
  write('src/index.ts', 'export const name = ;\nconst = 2;\n');
  write('list.json', '{ "changed": true }');
  expect(() => compiled()).toThrow(/index\.ts\(1,21\): error TS1109[^]*index\.ts\(2,7\): error/);
  expect([load('src/index.js'), read('list.json')]).toEqual([{ name: 'one' }, '{}']);
  expect(() => compiled()).toThrow('This does not compile:');
});

test.each(['', '{', '[]', '[["src/index.ts", null]]'])('a record of versions that is %j is made anew', (record) => {
  compiled();
  writeFileSync(join(target, 'versions.json'), record);
  expect(compiled()).toContain('src/index.ts');
  expect(compiled()).toEqual([]);
});

test('a debugger finds the source', () => {
  compiled();
  const map = JSON.parse(Buffer.from(read('src/index.js').split('base64,')[1]!, 'base64').toString());
  expect(join(target, 'src', map.sourceRoot, map.sources[0])).toBe(join(project, 'src/index.ts'));
});
