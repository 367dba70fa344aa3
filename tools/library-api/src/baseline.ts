import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A jsii assembly, as far as it is read here. */
export interface JsiiAssembly {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The API of a library as it was last released; undefined before its first release. */
export function releasedApi(library: string): JsiiAssembly | undefined {
  const file = baselineFile(library);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as JsiiAssembly) : undefined;
}

/**
 * Makes the API that a built library has now the one that later changes are compared with. The changes that were
 * accepted until then are part of it, so their acceptance goes.
 *
 * @param library the library's folder.
 */
export async function writeBaseline(library: string): Promise<void> {
  const file = baselineFile(library);
  const assembly = JSON.parse(await readFile(join(library, '.jsii'), 'utf8')) as Record<string, unknown>;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(apiOf(assembly), undefined, 1)}\n`);
  await rm(acceptedChangesFile(library), { force: true });
}

/** Where the breaking changes since the last release are accepted. */
export function acceptedChangesFile(library: string): string {
  return join(library, 'api/accepted-changes.txt');
}

function baselineFile(library: string): string {
  return join(library, 'api/released.json');
}

/** What comparisons read: no texts, no places in files, nothing about other packages or languages. */
export function apiOf({ schema, name, version, dependencies, usedFeatures, types, ...rest }: Record<string, unknown>) {
  const api = { schema, name, version, dependencies, usedFeatures, types, submodules: rest['submodules'] };
  return JSON.parse(JSON.stringify(api, withoutTexts)) as Record<string, unknown>;
}

function withoutTexts(key: string, value: unknown): unknown {
  if (['locationInModule', 'symbolId', 'readme', 'targets'].includes(key)) return undefined;
  if (key !== 'docs') return value;
  const { stability, deprecated } = value as { stability?: string; deprecated?: string };
  return { stability, deprecated };
}
