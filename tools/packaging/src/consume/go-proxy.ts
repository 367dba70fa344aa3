import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeZip } from '../archive';
import { filesBelow } from '../files';

/** A module in a version, and the folder with its files. */
export interface GoModule {
  readonly path: string;
  readonly version: string;
  readonly folder: string;
}

/**
 * Writes modules as a file proxy serves them (https://go.dev/ref/mod#goproxy-protocol).
 *
 * @throws Error if a module's path has capital letters, which a proxy has in another spelling
 */
export function writeGoProxy(root: string, modules: readonly GoModule[]): void {
  for (const { path, version, folder } of modules) {
    if (/[A-Z]/.test(path)) throw new Error(`${path} must be in lower case`);
    const versions = join(root, path, '@v');
    mkdirSync(versions, { recursive: true });
    const files = filesBelow(folder).map(
      (file) => [`${path}@${version}/${file}`, readFileSync(join(folder, file))] as const,
    );
    writeFileSync(join(versions, 'list'), `${version}\n`);
    writeFileSync(join(versions, `${version}.info`), JSON.stringify({ Version: version }));
    writeFileSync(join(versions, `${version}.mod`), readFileSync(join(folder, 'go.mod')));
    writeFileSync(join(versions, `${version}.zip`), writeZip(new Map(files)));
  }
}
