import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../command';
import { theFile } from '../files';
import { type ConsumerApp, type Place } from './app';
import { useInEmptyFolder } from './empty-folder';
import { NpmRegistry } from './npm-registry';
import { LIBRARIES, packageFolders } from './workspace';

const SCOPE = '@v3-backend';

/** npm installs from a registry on this machine, and everything else from where it is configured to. */
export class TypeScriptApp implements ConsumerApp {
  readonly packages = 'js';
  readonly further = { 'empty folder': (place: Place) => useInEmptyFolder(place, this.registry!) };
  private registry?: NpmRegistry;

  async install({ folder, work }: Place): Promise<void> {
    const home = join(work, 'registry');
    mkdirSync(home);
    this.registry = await NpmRegistry.start(home, SCOPE);
    this.registry.useIn(folder);
    for (const packages of packageFolders('js')) {
      const tarball = theFile(packages, (path) => path.endsWith('.tgz'));
      await run('npm', ['publish', '--silent', `--registry=${this.registry.url}`, tarball], { cwd: folder });
    }
    askForThisVersion(folder);
    await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], { cwd: folder });
  }

  async cleanUp(): Promise<void> {
    await this.registry?.stop();
  }
}

/** The app asks for the version that was the last one when it was written. */
function askForThisVersion(folder: string): void {
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  for (const { name, version } of LIBRARIES.map(({ manifest }) => manifest))
    manifest.dependencies[name] = `^${version}`;
  writeFileSync(file, JSON.stringify(manifest));
}
