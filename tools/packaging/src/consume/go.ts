import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from '../command';
import { packagesOf } from '../library';
import { type ConsumerApp, type Place } from './app';
import { type GoModule, writeGoProxy } from './go-proxy';
import { LIBRARIES } from './workspace';

const MODULES: readonly GoModule[] = LIBRARIES.map((library) => {
  const { moduleName, packageName } = library.manifest.jsii.targets.go;
  return {
    path: `${moduleName}/${packageName}`,
    version: `v${library.manifest.version}`,
    folder: join(packagesOf(library, 'go'), packageName),
  };
});

/** No workspace file of the user takes part. */
const NO_WORKSPACE = { GOWORK: 'off' };

/** Go installs from a file proxy before the user's own, and verifies all but the libraries by the checksum database. */
export const go: ConsumerApp = {
  packages: 'go',
  async install(place) {
    const proxy = join(place.work, 'proxy');
    writeGoProxy(proxy, MODULES);
    await forgetModules(place);
    const options = { cwd: place.folder, env: { ...NO_WORKSPACE, ...(await proxies(place, proxy)) } };
    // The app asks for the version that was the last one when it was written.
    const versions = MODULES.map(({ path, version }) => `-require=${path}@${version}`);
    await run('go', ['mod', 'edit', ...versions], options);
    await run('go', ['mod', 'tidy'], options);
    await run('go', ['build', '-o', 'ticket-shop', '.'], options);
  },
  environment: () => NO_WORKSPACE,
  cleanUp: forgetModules,
};

async function proxies({ folder }: Place, proxy: string): Promise<Record<string, string>> {
  const [users, unverified] = (await run('go', ['env', 'GOPROXY', 'GONOSUMDB'], { cwd: folder })).split('\n');
  const ours = MODULES.map(({ path }) => path).join();
  return { GOPROXY: `${pathToFileURL(proxy)},${users}`, GONOSUMDB: unverified ? `${unverified},${ours}` : ours };
}

/** A version that is packaged again must not come from Go's cache, which never asks for it twice. */
async function forgetModules({ folder }: Place): Promise<void> {
  const cache = (await run('go', ['env', 'GOMODCACHE'], { cwd: folder })).trim();
  for (const { path, version } of MODULES) {
    removeReadOnly(join(cache, `${path}@${version}`));
    for (const kind of ['info', 'mod', 'zip', 'ziphash', 'lock']) {
      rmSync(join(cache, 'cache/download', path, '@v', `${version}.${kind}`), { force: true });
    }
  }
}

/** Go makes the folders of its cache read-only. */
function removeReadOnly(folder: string): void {
  if (!existsSync(folder)) return;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
  for (const each of [folder, ...folders]) chmodSync(each, 0o755);
  rmSync(folder, { recursive: true });
}
