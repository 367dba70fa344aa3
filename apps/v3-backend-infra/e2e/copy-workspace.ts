/** Copies of this workspace, in which tests change, build and release what they like. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** Where the plug-in is, compiled. */
const COMPILED_PLUGIN = 'node_modules/.nx-cdk';

/**
 * Copies this workspace: the files that git knows or would add, the installed packages as links, the compiled plug-in, and what
 * the Nx cache has of some outputs. The workspace's own packages are linked to the copy, so that what it builds and runs is its
 * own.
 *
 * @param outputs folders, such as `dist/packages`: what the cache has for a task that writes there is copied, too.
 */
export function copyWorkspace(root: string, outputs: readonly string[]): void {
  copySources(root);
  linkPackages(root);
  copyIfThere(COMPILED_PLUGIN, root);
  copyCache(root, outputs);
}

/** Copies a file or folder of this workspace to the same place in a copy, if it exists. */
export function copyIfThere(path: string, root: string): void {
  if (existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(root, path), { recursive: true });
}

function copySources(root: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter((name) => name !== '')) {
    // A file that was deleted and not yet committed is listed all the same.
    if (!existsSync(join(ROOT, file))) continue;
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(ROOT, file), join(root, file), { errorOnExist: true, force: false });
  }
}

/** Links are relative where they must lead into each copy of this copy, and absolute where they lead out of it. */
function linkPackages(root: string): void {
  const modules = join(root, 'node_modules');
  mkdirSync(join(modules, '@v3-backend'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (['@v3-backend', '.cache', basename(COMPILED_PLUGIN)].includes(name)) continue;
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const folder of ['libs', 'tools']) {
    for (const name of readdirSync(join(root, folder))) {
      const link = join(modules, '@v3-backend', name);
      symlinkSync(relative(dirname(link), join(root, folder, name)), link);
    }
  }
}

/** The cache's index knows every entry: of a task whose entry were not copied with it, Nx would restore nothing. */
function copyCache(root: string, outputs: readonly string[]): void {
  const cache = join(ROOT, '.nx/cache');
  const entries = existsSync(cache) ? readdirSync(cache) : [];
  const results = entries.filter((entry) => outputs.some((output) => existsSync(join(cache, entry, output))));
  const data = join(ROOT, '.nx/workspace-data');
  const index = existsSync(data) ? readdirSync(data).filter((file) => /\.db(-wal)?$/.test(file)) : [];
  for (const entry of [...results, 'terminalOutputs']) copyIfThere(join('.nx/cache', entry), root);
  for (const file of index) copyIfThere(join('.nx/workspace-data', file), root);
}
