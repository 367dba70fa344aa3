import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents, NAMED } from './contents';
import { type Manifest, publishedManifest } from './manifest';

const PROJECT = join(__dirname, '..');
const WORKSPACE = join(PROJECT, '../..');
const PACKAGE = join(WORKSPACE, 'dist/packages/nx-cdk');

/** Writes the package as it is published: compiled, with everything that is read at run time, and nothing else. */
function writePackage(): void {
  rmSync(PACKAGE, { recursive: true, force: true });
  const compiler = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '--project', join(__dirname, 'tsconfig.json')], { stdio: 'inherit' });
  for (const name of [...contents(PROJECT).assets, ...NAMED, 'README.md'])
    cpSync(join(PROJECT, name), join(PACKAGE, name));
  cpSync(join(WORKSPACE, 'LICENSE'), join(PACKAGE, 'LICENSE'));
  const manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as Manifest;
  writeFileSync(join(PACKAGE, 'package.json'), `${JSON.stringify(publishedManifest(manifest, NAMED), null, 2)}\n`);
}

writePackage();
