import { gzipSync } from 'node:zlib';
import { type LibraryManifest } from '../library';
import { packageProblems, tarballProblems } from './contents';

const manifest = {
  name: '@acme/queue',
  version: '1.2.3',
  files: ['lib', 'assets', '.jsii', 'README.md', 'LICENSE', '!**/*.test.*'],
} as Partial<LibraryManifest> as LibraryManifest;

const COMPLETE = [
  'package/package.json',
  'package/README.md',
  'package/LICENSE',
  'package/.jsii',
  'package/lib/index.js',
  'package/lib/index.d.ts',
  'package/assets/forwarder/index.js',
];
const without = (path: string) => COMPLETE.filter((present) => present !== `package/${path}`);

test('a package of modules, declarations, a bundled function and documents is fine', () => {
  expect(tarballProblems(COMPLETE, manifest)).toEqual([]);
});

test.each([
  'src/index.ts',
  'lib/index.ts',
  'lib/queue.test.js',
  'lib/index.js.map',
  'tsconfig.json',
  'tsconfig.tsbuildinfo',
  'lambda/test/fixture.js',
  'assets/forwarder/index.ts',
  'API.md',
  'node_modules/left-pad/index.js',
  '.env',
])('%s does not belong into a package', (path) => {
  expect(tarballProblems([...COMPLETE, `package/${path}`], manifest)).toEqual([`${path} does not belong into it`]);
});

test('a module that an earlier build left behind has no declarations, and does not belong', () => {
  expect(tarballProblems([...COMPLETE, 'package/lib/old.js'], manifest)).toEqual([
    'lib/old.js does not belong into it',
  ]);
});

test.each(['package.json', 'README.md', 'LICENSE', '.jsii'])('a package without %s is refused', (path) => {
  expect(tarballProblems(without(path), manifest)).toEqual([`${path} is not in it`]);
});

test('a package without the bundle of its function is refused', () => {
  expect(tarballProblems(without('assets/forwarder/index.js'), manifest)).toEqual(['nothing of assets is in it']);
});

test('a bundled dependency that npm hoisted, and therefore left out, is missed', () => {
  const bundling = { ...manifest, dependencies: { 'left-pad': '^1' }, bundledDependencies: ['left-pad'] };
  expect(tarballProblems(COMPLETE, bundling)).toEqual(['nothing of node_modules/left-pad is in it']);
  expect(tarballProblems([...COMPLETE, 'package/node_modules/left-pad/index.js'], bundling)).toEqual([]);
});

test('a dependency that is not bundled is refused, since only npm would install it', () => {
  expect(tarballProblems(COMPLETE, { ...manifest, dependencies: { 'left-pad': '^1' } })).toEqual([
    'left-pad is a dependency that is not bundled; other languages would not get it',
  ]);
});

describe('a package of another language', () => {
  const requirements = { required: ['acme/__init__.py', /\.dist-info\/LICENSE$/], tarball: /^acme\/_jsii\/.+\.tgz$/ };
  const wheel = (tarball: Buffer) =>
    new Map([
      ['acme/__init__.py', Buffer.alloc(0)],
      ['acme-1.dist-info/LICENSE', Buffer.alloc(0)],
      ['acme/_jsii/queue@1.2.3.jsii.tgz', tarball],
    ]);

  test('is fine with all its files and a complete npm tarball', () => {
    expect(packageProblems(wheel(tarballOf(COMPLETE)), manifest, requirements)).toEqual([]);
  });

  test('is refused if it lacks files or the npm tarball', () => {
    expect(packageProblems(new Map(), manifest, requirements)).toEqual([
      'acme/__init__.py is not in it',
      '/\\.dist-info\\/LICENSE$/ is not in it',
      'it has 0 npm tarballs where one is expected',
    ]);
  });

  test('is refused if the npm tarball within it is not complete', () => {
    const tarball = tarballOf(without('assets/forwarder/index.js'));
    expect(packageProblems(wheel(tarball), manifest, requirements)).toEqual([
      'acme/_jsii/queue@1.2.3.jsii.tgz: nothing of assets is in it',
    ]);
  });
});

/** A tarball with empty files at these paths. */
function tarballOf(paths: readonly string[]): Buffer {
  const headers = paths.map((path) => {
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write('00000000000\0', 124);
    header.write('0', 156);
    return header;
  });
  return gzipSync(Buffer.concat([...headers, Buffer.alloc(1024)]));
}
