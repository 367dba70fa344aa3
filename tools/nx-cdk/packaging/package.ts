import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { type Manifest, publishedManifest } from './manifest';

const PROJECT = join(__dirname, '..');
const WORKSPACE = join(PROJECT, '../..');
const PACKAGE = join(WORKSPACE, 'dist/packages/nx-cdk');
/** Files beside the sources that Nx reads by their names. */
const NAMED = ['executors.json', 'generators.json'];

/** Writes the package as it is published: compiled, with everything that is read at run time, and nothing else. */
function writePackage(): void {
  rmSync(PACKAGE, { recursive: true, force: true });
  const compiler = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '--project', join(__dirname, 'tsconfig.json')], { stdio: 'inherit' });
  cpSync(join(PROJECT, 'src'), join(PACKAGE, 'src'), { recursive: true, filter: isAsset });
  for (const name of [...NAMED, 'README.md']) cpSync(join(PROJECT, name), join(PACKAGE, name));
  cpSync(join(WORKSPACE, 'LICENSE'), join(PACKAGE, 'LICENSE'));
  const manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as Manifest;
  writeFileSync(join(PACKAGE, 'package.json'), `${JSON.stringify(publishedManifest(manifest, NAMED), null, 2)}\n`);
}

/** Schemas, templates of generators, and the folders on the way to them; other data is for tests. */
function isAsset(path: string): boolean {
  if (extname(path) === '.json') return basename(path) === 'schema.json';
  return basename(path) !== 'testing' && extname(path) !== '.ts';
}

writePackage();
