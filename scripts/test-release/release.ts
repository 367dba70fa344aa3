import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { manifestIn } from './manifests';
import { type Repository } from './repository';

/** The versions that are released together. */
export interface Release {
  readonly libraries: string;
  readonly plugin: string;
}

/** What the manifests say. */
export function releaseIn({ root }: Repository): Release {
  return {
    libraries: manifestIn(root, 'libs/core').version,
    plugin: manifestIn(root, 'tools/nx-cdk').version,
  };
}

/** The one after it, if the libraries have a breaking change and the plug-in a fix. */
export function releaseAfter({ libraries, plugin }: Release): Release {
  const [major = 0, minor = 0] = libraries.split('.').map(Number);
  // Below 1.0.0, a breaking change is a minor version.
  const breaking = major === 0 ? `0.${minor + 1}.0` : `${major + 1}.0.0`;
  return { libraries: breaking, plugin: plugin.replace(/\d+$/, (patch) => String(Number(patch) + 1)) };
}

/** A dry run names the versions, and changes nothing. */
export async function assertPlanned(repository: Repository, { libraries, plugin }: Release): Promise<void> {
  const state = async () => [await repository.git('status', '--porcelain'), await repository.git('show-ref')];
  const before = await state();
  const plan = await repository.script('release');
  assert(plan.includes(`New version ${libraries} written to manifest: libs/core`), plan);
  assert(plan.includes(`New version ${plugin} written to manifest: tools/nx-cdk`), plan);
  assert(plan.includes('This was a dry run'), plan);
  assert.deepEqual(await state(), before);
}

/** The checked-out commit has the tags of the release. */
export async function assertTagged(repository: Repository, { libraries, plugin }: Release): Promise<void> {
  const tags = await repository.git('tag', '--points-at', 'HEAD');
  assert.deepEqual(tags.trim().split('\n'), [`nx-cdk@${plugin}`, `v${libraries}`]);
}

/** Manifests, lock file, changelogs and the released API are those of the release, and committed. */
export async function assertReleased(repository: Repository, { libraries, plugin }: Release): Promise<void> {
  const manifest = manifestIn(repository.root, 'libs/alb');
  assert.equal(manifest.version, libraries);
  assert.equal(manifest.peerDependencies['@v3-backend/core'], `^${libraries}`);
  assert.equal(manifest.devDependencies['@v3-backend/core'], libraries);
  const lock = repository.read('package-lock.json');
  const { packages } = JSON.parse(lock) as { packages: Record<string, { version?: string }> };
  assert.equal(packages['libs/alb']?.version, libraries);
  assert.equal(packages['tools/nx-cdk']?.version, plugin);
  assert(!lock.includes('"resolved": "http'), 'the lock file names a registry');
  assert.match(repository.read('libs/networking/CHANGELOG.md'), /Breaking Changes[^]*both directions/);
  assert(repository.read('tools/nx-cdk/CHANGELOG.md').includes(`## ${plugin}`), 'the plug-in has no changelog of it');
  assert(!existsSync(join(repository.root, 'libs/networking/api/accepted-changes.txt')));
  await repository.nx('run', 'networking:api-check');
  assert.equal(await repository.git('status', '--porcelain'), '');
}
