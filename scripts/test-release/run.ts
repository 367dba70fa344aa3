/** `run.ts <empty folder> <language>…`: what main.ts runs, and cleans up after. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NpmRegistry } from '../../tools/packaging/src/consume/npm-registry';
import { type Language } from '../../tools/packaging/src/library';
import { startGo } from './registries/go';
import { startMaven } from './registries/maven';
import { npmAsPublished } from './registries/npm';
import { startPypi } from './registries/pypi';
import type { LoopbackRegistry } from './registries/registry';
import { Registries } from './registries/registries';
import { releaseTwice } from './scenario';

async function testRelease(folder: string, selected: readonly string[]): Promise<void> {
  const home = (name: string) => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  };
  const npm = await NpmRegistry.start(home('npm'), '@v3-backend');
  const published = new Map<Language, LoopbackRegistry>([['js', npmAsPublished(npm)]]);
  if (selected.includes('python')) published.set('python', await startPypi(home('pypi')));
  if (selected.includes('java')) published.set('java', await startMaven(home('maven')));
  if (selected.includes('go')) published.set('go', await startGo(home('go')));
  await releaseTwice(folder, new Registries(published), npm);
  console.log('✔ two releases');
}

const [folder = '', ...selected] = process.argv.slice(2);
testRelease(folder, selected).then(
  // The registries would go on.
  () => process.exit(0),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
