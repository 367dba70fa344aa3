import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compile } from './compile';

let root: string;
let project: string;
let target: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-cdk-compile-'));
  project = join(root, 'tools/plugin');
  target = join(root, 'node_modules/.plugin');
  write('package.json', '{ "name": "plugin" }');
  write(
    'executors.json',
    JSON.stringify({
      $schema: 's',
      executors: { ship: { implementation: './src/ship', schema: './src/schema.json' } },
    }),
  );
  write('generators.json', JSON.stringify({ generators: { stack: { factory: './src/stack#make', hidden: true } } }));
  write('src/index.ts', "export const name: string = 'one';\n");
  write('src/schema.json', '{}');
  write('src/stack/files/stack.ts.template', 'class <%= name %> {}');
  write('src/index.test.ts', '');
  write('src/testing/rig.ts', '');
  write('src/data.json', '{}');
});

afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
}

const read = (file: string) => readFileSync(join(target, file), 'utf8');
const files = () =>
  readdirSync(target, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(target, file)).isFile())
    .sort();

/** What another process would load. */
function load(file: string): unknown {
  const module = { exports: {} };
  new Function('module', 'exports', read(file))(module, module.exports);
  return module.exports;
}

test('everything that the published package has is compiled or copied, and nothing else', () => {
  compile(project, target);
  expect(files()).toEqual([
    'executors.json',
    'generators.json',
    'package.json',
    'src/index.js',
    'src/schema.json',
    'src/stack/files/stack.ts.template',
    'versions.json',
  ]);
  expect(load('src/index.js')).toEqual({ name: 'one' });
  expect(read('src/stack/files/stack.ts.template')).toBe('class <%= name %> {}');
});

test('what Nx loads goes through the entries, by the names that these have', () => {
  compile(project, target);
  const { executors } = JSON.parse(read('executors.json'));
  const { generators } = JSON.parse(read('generators.json'));
  expect(executors.ship).toEqual({
    implementation: expect.stringMatching(/^\.\.\/.*in-workspace\/entries\.js#ship\.implementation$/),
    schema: './src/schema.json',
  });
  expect(generators.stack).toEqual({ factory: expect.stringMatching(/entries\.js#stack\.factory$/), hidden: true });
  const [path] = executors.ship.implementation.split('#');
  expect(existsSync(join(target, path))).toBe(true);
});

test('every executor and generator of the plug-in is an entry', () => {
  const entries = jest.requireActual<object>('./entries');
  const { executors } = jest.requireActual('../executors.json');
  const { generators } = jest.requireActual('../generators.json');
  const names = Object.entries<object>({ ...executors, ...generators }).flatMap(([name, entry]) =>
    Object.keys(entry)
      .filter((field) => /implementation|hasher|factory/i.test(field))
      .map((field) => `${name}.${field}`),
  );
  expect(Object.keys(entries).sort()).toEqual(names.sort());
});

test('a second time, nothing is written, also when files were touched or copied without a change', () => {
  compile(project, target);
  expect(compile(project, target)).toEqual([]);
  const before = statSync(join(target, 'src/index.js')).mtimeMs;
  utimesSync(join(project, 'src/index.ts'), 1, 1);
  expect(compile(project, target)).toEqual([]);
  expect(statSync(join(target, 'src/index.js')).mtimeMs).toBe(before);
});

test('only what changed is compiled again', () => {
  compile(project, target);
  write('src/index.ts', "export const name: string = 'two';\n");
  write('src/other.ts', 'export {};');
  expect(compile(project, target).sort()).toEqual(['src/index.ts', 'src/other.ts']);
  expect(load('src/index.js')).toEqual({ name: 'two' });
  expect(compile(project, target)).toEqual([]);
});

test('what has no source any more goes', () => {
  write('src/other.ts', 'export {};');
  compile(project, target);
  rmSync(join(project, 'src/other.ts'));
  compile(project, target);
  expect(files()).not.toContain('src/other.js');
});

test('lines that do not parse are all named, and what was compiled before stays', () => {
  compile(project, target);
  write('src/index.ts', 'export const name = ;\nconst = 2;\n');
  write('src/schema.json', '{ "changed": true }');
  expect(() => compile(project, target)).toThrow(/index\.ts\(1,21\): error TS1109[^]*index\.ts\(2,7\): error/);
  expect([load('src/index.js'), read('src/schema.json')]).toEqual([{ name: 'one' }, '{}']);
  expect(() => compile(project, target)).toThrow('nx-cdk does not compile.');
});

test.each(['', '{', '[]', '[["src/index.ts", null]]'])('a record of versions that is %j is made anew', (record) => {
  compile(project, target);
  writeFileSync(join(target, 'versions.json'), record);
  expect(compile(project, target)).toContain('src/index.ts');
  expect(compile(project, target)).toEqual([]);
});

test('a debugger finds the source', () => {
  compile(project, target);
  const map = JSON.parse(Buffer.from(read('src/index.js').split('base64,')[1]!, 'base64').toString());
  expect(join(target, 'src', map.sourceRoot, map.sources[0])).toBe(join(project, 'src/index.ts'));
});
