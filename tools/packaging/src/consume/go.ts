import { rmSync } from 'node:fs';
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

/** Go installs from a file proxy before the user's own, and verifies all but the libraries by the checksum database. */
export const go: ConsumerApp = {
  packages: 'go',
  async install(place) {
    const proxy = join(place.work, 'proxy');
    writeGoProxy(proxy, MODULES);
    await forgetModules(place);
    const options = { cwd: place.folder, env: { ...environment(place), ...(await proxies(place, proxy)) } };
    await run('go', ['mod', 'tidy'], options);
    await run('go', ['build', '-o', 'ticket-shop', '.'], options);
  },
  environment,
  cleanUp: forgetModules,
};

/** Modules are written so that they can be removed again; no workspace file of the user takes part. */
function environment(_: Place): Record<string, string> {
  return { GOWORK: 'off', GOFLAGS: `${process.env['GOFLAGS'] ?? ''} -modcacherw`.trim() };
}

async function proxies({ folder }: Place, proxy: string): Promise<Record<string, string>> {
  const [users, unverified] = (await run('go', ['env', 'GOPROXY', 'GONOSUMDB'], { cwd: folder })).split('\n');
  const ours = MODULES.map(({ path }) => path).join();
  return { GOPROXY: `${pathToFileURL(proxy)},${users}`, GONOSUMDB: unverified ? `${unverified},${ours}` : ours };
}

/** A version that is packaged again must not come from Go's cache, which never asks for it twice. */
async function forgetModules({ folder }: Place): Promise<void> {
  const cache = (await run('go', ['env', 'GOMODCACHE'], { cwd: folder })).trim();
  for (const { path, version } of MODULES) {
    rmSync(join(cache, `${path}@${version}`), { recursive: true, force: true });
    for (const kind of ['info', 'mod', 'zip', 'ziphash', 'lock']) {
      rmSync(join(cache, 'cache/download', path, '@v', `${version}.${kind}`), { force: true });
    }
  }
}
