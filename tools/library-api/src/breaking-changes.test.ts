import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeBaseline } from './baseline';
import { breakingChanges } from './breaking-changes';
import { problemsOfChanges } from './check';

/** The parts of an interface of props that these tests change. */
const PATHS = { name: 'paths', abstract: true, immutable: true, optional: true, type: { primitive: 'string' } };
const PORT = { ...PATHS, name: 'port', type: { primitive: 'number' } };

let root: string;
let library: string;
beforeEach(() => {
  mkdirSync('dist', { recursive: true });
  root = mkdtempSync(join('dist', 'library-api-test-'));
  library = join(root, 'web');
  mkdirSync(library);
  writeFileSync(join(library, 'package.json'), JSON.stringify({ name: '@shop/web', version: '1.0.0', jsii: {} }));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Leaves what a build leaves, of a library with a class and its props. */
function build(properties: object[]): void {
  const common = { assembly: '@shop/web', docs: { summary: 'Of a site.', stability: 'experimental' } };
  const props = {
    ...common,
    fqn: '@shop/web.SiteProps',
    name: 'SiteProps',
    kind: 'interface',
    datatype: true,
    properties,
  };
  const initializer = { parameters: [{ name: 'props', type: { fqn: props.fqn } }] };
  const site = { ...common, fqn: '@shop/web.Site', name: 'Site', kind: 'class', initializer };
  const types = { [props.fqn]: props, [site.fqn]: site };
  const assembly = { schema: 'jsii/0.10.0', name: '@shop/web', version: '1.0.0', types };
  writeFileSync(join(library, '.jsii'), JSON.stringify(assembly));
}

const accepted = () => join(library, 'api/accepted-changes.txt');

test('before its first release, a library can break nobody', () => {
  build([PATHS]);
  expect(breakingChanges(library)).toEqual([]);
});

test('an API may grow', async () => {
  build([PATHS]);
  await writeBaseline(library);
  build([PATHS, PORT]);
  expect(breakingChanges(library)).toEqual([]);
});

test('a prop that was removed is named', async () => {
  build([PATHS, PORT]);
  await writeBaseline(library);
  build([PORT]);
  expect(breakingChanges(library)).toEqual([
    { key: 'removed:@shop/web.SiteProps.paths', message: expect.stringContaining('@shop/web.SiteProps.paths') },
  ]);
});

test('a prop that became required is named', async () => {
  build([PORT]);
  await writeBaseline(library);
  build([{ ...PORT, optional: undefined }]);
  expect(breakingChanges(library).map(({ message }) => message)).toEqual([
    expect.stringContaining("newly required property 'port'"),
  ]);
});

test('a breaking change is accepted by its key with a reason, until the next release', async () => {
  build([PATHS, PORT]);
  await writeBaseline(library);
  build([PORT]);
  expect(problemsOfChanges(library)).toEqual([expect.stringContaining('removed:@shop/web.SiteProps.paths')]);
  writeFileSync(accepted(), '# A site has one path.\nremoved:@shop/web.SiteProps.paths\n');
  expect(problemsOfChanges(library)).toEqual([]);
  await writeBaseline(library);
  expect(problemsOfChanges(library)).toEqual([]);
});

test('an acceptance of a change that was not made is a problem', async () => {
  build([PATHS]);
  await writeBaseline(library);
  writeFileSync(accepted(), '# A site has one path.\nremoved:@shop/web.SiteProps.paths\n');
  expect(problemsOfChanges(library)).toEqual([
    expect.stringMatching(/remove them:\n {2}removed:@shop\/web.SiteProps.paths$/),
  ]);
});

test('a baseline holds no texts, so that they may change', async () => {
  build([PATHS]);
  await writeBaseline(library);
  expect(readFileSync(join(library, 'api/released.json'), 'utf8')).not.toContain('Of a site.');
});
