import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type NpmRegistry } from '../../tools/packaging/src/consume/npm-registry';
import { type Language, LANGUAGES } from '../../tools/packaging/src/library';
import { ConsumerApp } from './consumer-app';
import { manifestIn } from './manifests';
import type { MavenRegistry } from './registries/maven';
import type { LoopbackRegistry } from './registries/registry';
import { Repository } from './repository';

/** The registries that are published to, and the two of them that are used for more than that. */
export interface Registries {
  readonly published: ReadonlyMap<Language, LoopbackRegistry>;
  readonly npm: NpmRegistry;
  readonly maven: MavenRegistry | undefined;
}

const FILE = 'libs/networking/src/vpc-block-public-access.ts';
const MEMBER = 'AllowedDirection.EGRESS';
const KEPT = 'AllowedDirection.BIDIRECTIONAL';
const BREAK = `removed:@v3-backend/networking.${MEMBER}`;

/**
 * Releases twice, the second time without a member of an enum.
 *
 * @param folder an empty one
 * @throws Error at the first thing that is not as it should be
 */
export async function releaseTwice(folder: string, { published, npm, maven }: Registries): Promise<void> {
  const languages = [...published.keys()];
  const skip = `--skip=${LANGUAGES.filter((language) => !published.has(language)).join()}`;
  const env = Object.assign({}, ...[...published.values()].map(({ environment }) => environment));
  const repository = await step('a copy of this workspace', () => Repository.copy(join(folder, 'workspace'), env));
  const libraries = readdirSync(join(repository.root, 'libs'));
  const publish = () => repository.script('release:publish', skip);
  const packAll = () =>
    step('it is packaged', async () => {
      await repository.nx('run-many', `--targets=${languages.map((language) => `package:${language}`).join()}`);
      await repository.nx('run', 'nx-cdk:package');
    });
  const assertVersions = async (versions: readonly string[], without?: Language) => {
    for (const [language, registry] of published) {
      const expected = language === without ? versions.slice(0, -1) : versions;
      for (const library of libraries) {
        assert.deepEqual(await registry.versions(library), expected, `${library} for ${language}`);
      }
    }
  };
  const first = manifestIn(repository.root, 'libs/core').version;
  const second = nextBreaking(first);

  await step(`the first release has the version of the manifests, ${first}`, async () => {
    await repository.script('release:version');
    const plugin = manifestIn(repository.root, 'tools/nx-cdk').version;
    assert.deepEqual(await repository.tags(), [`nx-cdk@${plugin}`, `v${first}`]);
  });
  await packAll();
  await step('it is published', async () => {
    await publish();
    await assertVersions([first]);
  });
  const app = new ConsumerApp(join(folder, 'app'), npm);
  await step(`an app that asks for ^${first} gets it, and works`, async () => {
    assert.equal(await app.install(`^${first}`), first);
    await app.use(MEMBER);
  });

  await step('something public that is removed is found, by its name', async () => {
    repository.remove(FILE, / {2}\/\*\*[^/]*\*\/\n {2}EGRESS = .*\n/);
    assert.match(await failureOf(repository.nx('run', 'networking:api-check')), new RegExp(BREAK));
  });
  await step('accepted, but not committed as breaking, it is not released', async () => {
    repository.write('libs/networking/api/accepted-changes.txt', `# Exclusions are for both directions.\n${BREAK}\n`);
    await repository.commit('fix(networking): exclusions are for both directions');
    const refusal = await failureOf(repository.script('release:version'));
    assert.match(refusal, /Commit them as what they are: feat\(networking\)!/);
    assert.equal(await repository.git('status', '--porcelain'), '');
    await repository.git('reset', '--quiet', '--soft', 'HEAD~1');
    await repository.commit('feat(networking)!: exclusions are for both directions');
  });
  await step(`the second release is breaking, ${second}, with peers in a range of it`, async () => {
    await repository.script('release:version');
    assert.deepEqual(await repository.tags(), [`v${second}`]);
    assertReleased(repository, second);
    assert.equal(await repository.git('status', '--porcelain'), '');
  });
  await packAll();
  if (maven) {
    await step('where one registry fails, the others are published to', async () => {
      maven.isDown = true;
      assert.match(await failureOf(publish()), /Not everything was published: Maven Central\./);
      maven.isDown = false;
      await assertVersions([first, second], 'java');
    });
  }
  await step('all registries have both versions, and publishing once more changes nothing', async () => {
    await publish();
    await assertVersions([first, second]);
    assert.match(await publish(), /SKIPPING: already published/);
    await assertVersions([first, second]);
  });
  await step(`an app that asks for ^${first} stays with it, and works`, async () => {
    const other = new ConsumerApp(join(folder, 'other-app'), npm);
    assert.equal(await other.install(`^${first}`), first);
    await other.use(MEMBER);
  });
  await step(`an app that moves to ^${second} is told what is gone, and works without it`, async () => {
    assert.equal(await app.install(`^${second}`), second);
    assert.match(await failureOf(app.use(MEMBER)), /'EGRESS' does not exist/);
    await app.use(KEPT);
  });
}

/** Below 1.0.0, a breaking change is a minor version. */
function nextBreaking(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 0 ? `0.${minor + 1}.0` : `${major + 1}.0.0`;
}

/** Manifests, lock file and changelog are those of the version. */
function assertReleased(repository: Repository, version: string): void {
  const manifest = manifestIn(repository.root, 'libs/alb');
  assert.equal(manifest.version, version);
  assert.equal(manifest.peerDependencies['@v3-backend/core'], `^${version}`);
  assert.equal(manifest.devDependencies['@v3-backend/core'], version);
  const lock = repository.read('package-lock.json');
  const { packages } = JSON.parse(lock) as { packages: Record<string, { version?: string }> };
  assert.equal(packages['libs/alb']?.version, version);
  assert(!lock.includes('"resolved": "http'), 'the lock file names a registry');
  assert.match(repository.read('libs/networking/CHANGELOG.md'), /Breaking Changes[^]*both directions/);
}

/** What something that must fail says. */
function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => assert.fail('What was to fail succeeded'),
    (error: Error) => error.message,
  );
}

async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const result = await work();
  console.log(`✔ ${title} (${Math.round((Date.now() - start) / 1000)} s)`);
  return result;
}
