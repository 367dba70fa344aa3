import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../command';
import { type Library, packagesOf, siblingsOf } from '../library';
import { checkFiles } from './contents';
import { withoutIndirect } from './go-mod';
import { generate } from './pacmak';

/**
 * A Go module, seen to compile.
 *
 * pacmak writes only the sources. Its own build takes the versions of indirect dependencies from this workspace's
 * `node_modules`, and not all of what npm has exists as a Go module.
 */
export async function packageGo(library: Library, folder: string): Promise<void> {
  await generate(library, 'go', folder, { codeOnly: true });
  const module = moduleFolder(library, folder);
  const mod = join(module, 'go.mod');
  writeFileSync(mod, withoutIndirect(readFileSync(mod, 'utf8')));
  const go = (...args: string[]) => run('go', args, { cwd: module, env: { GOWORK: 'off' } });
  const siblings = siblingsOf(library).map((sibling) => ({
    path: modulePath(sibling),
    folder: moduleFolder(sibling, packagesOf(sibling, 'go')),
  }));
  for (const { path, folder } of siblings) await go('mod', 'edit', `-replace=${path}=${folder}`);
  await go('mod', 'tidy');
  await go('build', './...');
  for (const { path } of siblings) await go('mod', 'edit', `-dropreplace=${path}`);
  // Sums are of use in the module that is built, which is the consumer's.
  rmSync(join(module, 'go.sum'), { force: true });
  checkModule(library, module);
}

function moduleFolder({ manifest }: Library, folder: string): string {
  return join(folder, manifest.jsii.targets.go.packageName);
}

function modulePath({ manifest }: Library): string {
  const { moduleName, packageName } = manifest.jsii.targets.go;
  return `${moduleName}/${packageName}`;
}

function checkModule({ manifest }: Library, module: string): void {
  checkFiles(module, manifest, {
    required: ['go.mod', 'main.go', 'README.md', 'LICENSE', 'jsii/jsii.go'],
    tarball: /^jsii\/[^/]+\.tgz$/,
  });
}
