import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Archive, readTarball, readZip } from '../archive';
import { filesBelow } from '../files';
import { type LibraryManifest } from '../library';

/** What every package has, beside code. */
const DOCUMENTS = ['package.json', 'README.md', 'LICENSE', '.jsii'];

/** A module, its declarations, or a file of a function that runs in Lambda. */
const CODE = /^(lib\/.+\.(js|d\.ts)|(assets|lambda)\/.+\.js)$/;

const TEST = /\.test\.|\/test\//;

/**
 * What is wrong with the contents of a library's npm tarball: files that do not belong, and files that lack.
 *
 * @param paths in the tarball, which npm packs below `package/`
 */
export function tarballProblems(paths: readonly string[], manifest: LibraryManifest): string[] {
  const present = new Set(paths.map((path) => path.replace(/^package\//, '')));
  const bundled = manifest.bundledDependencies ?? [];
  const isBundled = (path: string) => bundled.some((name) => path.startsWith(`node_modules/${name}/`));
  const belongs = (path: string) =>
    DOCUMENTS.includes(path) || isBundled(path) || (CODE.test(path) && !TEST.test(path) && hasTwin(path, present));
  const required = [...DOCUMENTS, 'lib/index.js', 'lib/index.d.ts'];
  // Folders that `files` names, as of the functions' bundles, are not silently left out, nor are hoisted dependencies.
  const folders = manifest.files.filter((entry) => /^\w+$/.test(entry) && !required.includes(entry));
  const filled = [...folders, ...bundled.map((name) => `node_modules/${name}`)];
  return [
    ...[...present].filter((path) => !belongs(path)).map((path) => `${path} does not belong into it`),
    ...required.filter((path) => !present.has(path)).map((path) => `${path} is not in it`),
    ...filled.filter((folder) => isEmpty(folder, present)).map((folder) => `nothing of ${folder} is in it`),
    ...Object.keys(manifest.dependencies ?? {})
      .filter((name) => !bundled.includes(name))
      .map((name) => `${name} is a dependency that is not bundled; other languages would not get it`),
  ];
}

/** A module without declarations was not compiled by this build, and declarations without a module neither. */
function hasTwin(path: string, present: ReadonlySet<string>): boolean {
  if (!path.startsWith('lib/')) return true;
  return present.has(path.endsWith('.d.ts') ? path.replace(/\.d\.ts$/, '.js') : path.replace(/\.js$/, '.d.ts'));
}

function isEmpty(folder: string, present: ReadonlySet<string>): boolean {
  return ![...present].some((path) => path.startsWith(`${folder}/`));
}

/** What a package of another language must have. */
export interface Requirements {
  readonly required: readonly (string | RegExp)[];
  /** The npm tarball within it, without which jsii can run nothing; not for a package that has it in compiled form. */
  readonly tarball?: RegExp;
}

/** What is wrong with the contents of a package of another language than JavaScript. */
export function packageProblems(
  archive: Archive,
  manifest: LibraryManifest,
  { required, tarball }: Requirements,
): string[] {
  const paths = [...archive.keys()];
  const present = (wanted: string | RegExp) =>
    paths.some((path) => (typeof wanted === 'string' ? path === wanted : wanted.test(path)));
  const tarballs = tarball ? paths.filter((path) => tarball.test(path)) : [];
  return [
    ...required.filter((wanted) => !present(wanted)).map((wanted) => `${wanted} is not in it`),
    ...(!tarball || tarballs.length === 1 ? [] : [`it has ${tarballs.length} npm tarballs where one is expected`]),
    ...tarballs.flatMap((path) =>
      tarballProblems([...readTarball(archive.get(path)!).keys()], manifest).map((problem) => `${path}: ${problem}`),
    ),
  ];
}

/** @throws Error that says everything that is wrong with the contents of an npm tarball */
export function checkTarball(file: string, manifest: LibraryManifest): void {
  refuse(file, tarballProblems([...readTarball(readFileSync(file)).keys()], manifest));
}

/** @throws Error that says everything that is wrong with the contents of a source distribution of Python */
export function checkSourceTarball(file: string, manifest: LibraryManifest, requirements: Requirements): void {
  refuse(file, packageProblems(readTarball(readFileSync(file)), manifest, requirements));
}

/** @throws Error that says everything that is wrong with the contents of a wheel or a jar */
export function checkZip(file: string, manifest: LibraryManifest, requirements: Requirements): void {
  refuse(file, packageProblems(readZip(readFileSync(file)), manifest, requirements));
}

/** @throws Error that says everything that is wrong with the contents of a package that is a folder */
export function checkFiles(folder: string, manifest: LibraryManifest, requirements: Requirements): void {
  const files = new Map(filesBelow(folder).map((path) => [path, readFileSync(join(folder, path))]));
  refuse(folder, packageProblems(files, manifest, requirements));
}

function refuse(place: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error([`${place} must not be published:`, ...problems].join('\n  '));
}
