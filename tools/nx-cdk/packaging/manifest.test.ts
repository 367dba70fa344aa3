import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { contents } from './contents';
import { publishedManifest } from './manifest';

const PROJECT = join(__dirname, '..');
const manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));

/** Names of the packages that the published sources import, types included. */
function importedPackages(): Set<string> {
  const specifiers = contents(PROJECT).sources.flatMap((file) =>
    ts.preProcessFile(readFileSync(join(PROJECT, file), 'utf8')).importedFiles.map(({ fileName }) => fileName),
  );
  const bare = specifiers.filter((name) => !name.startsWith('.') && !name.startsWith('node:'));
  return new Set(bare.map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')));
}

test('the package declares what it imports and nothing else, beside Nx, which it runs in', () => {
  const { dependencies, peerDependencies } = manifest;
  const declared = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => name !== 'nx');
  expect(declared.sort()).toEqual([...importedPackages()].sort());
  expect([...importedPackages()].filter((name) => builtinModules.includes(name))).toEqual([]);
});

test('Nx and its devkit are those of one minor version, since the plug-in uses what they keep internal', () => {
  const { nx, '@nx/devkit': devkit } = manifest.peerDependencies;
  expect([nx, devkit]).toEqual(['~23.2.1', '~23.2.1']);
});

test('the published manifest leads to compiled files, to types, and to what Nx reads', () => {
  const source = {
    name: 'p',
    main: 'here.js',
    types: 'src/index.ts',
    a: '../elsewhere/a.json',
    peerDependencies: { nx: '1' },
  };
  expect(publishedManifest(source, ['a.json'])).toEqual({
    name: 'p',
    a: './a.json',
    main: './src/index.js',
    types: './src/index.d.ts',
    peerDependencies: { nx: '1' },
    exports: {
      '.': { types: './src/index.d.ts', default: './src/index.js' },
      './package.json': './package.json',
      './a.json': './a.json',
    },
  });
});
