import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf } from './command';
import type { Group } from './groups';
import type { Registry } from './registries';

const PACKAGES = 'dist/packages';
const RELEASE = 'dist/release';

/** What a release publishes in one place. */
export interface Publication {
  readonly registry: Registry;
  /** The folder with everything that is published there, as publib expects it. */
  readonly folder: string;
  /** The packages, by the names of their files. */
  readonly artifacts: readonly string[];
  /** Projects without a package for it. */
  readonly missing: readonly string[];
}

/**
 * Collects the packages of the groups that are released, one folder for each registry: publib publishes a folder at once.
 *
 * @param registries those to which the release goes.
 */
export function collectPackages(groups: readonly Group['name'][], registries: readonly Registry[]): Publication[] {
  rmSync(RELEASE, { recursive: true, force: true });
  const libraries = groups.includes('libraries') ? readdirSync('libs') : [];
  return registries
    .map((registry) => {
      const folder = join(RELEASE, registry.language);
      mkdirSync(folder, { recursive: true });
      const missing = libraries.filter((library) => !collect(library, registry, folder));
      if (registry.language === 'js' && groups.includes('tools') && !packTool(folder)) missing.push('nx-cdk');
      return { registry, folder, artifacts: filesOf(folder, registry.artifact), missing };
    })
    .filter(({ artifacts, missing }) => artifacts.length > 0 || missing.length > 0);
}

function collect(library: string, { language, artifact }: Registry, folder: string): boolean {
  const packages = join(PACKAGES, library, language);
  if (!existsSync(packages) || filesOf(packages, artifact).length === 0) return false;
  cpSync(packages, folder, { recursive: true });
  return true;
}

function packTool(folder: string): boolean {
  const source = join(PACKAGES, 'nx-cdk');
  if (!existsSync(source)) return false;
  outputOf('npm', 'pack', `./${source}`, '--pack-destination', folder);
  return true;
}

function filesOf(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file))
    .sort();
}
