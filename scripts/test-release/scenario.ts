import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type NpmRegistry } from '../../tools/packaging/src/consume/npm-registry';
import { ConsumerApp } from './consumer-app';
import { npmAsPublished, refusingAfter } from './registries/npm';
import { type Registries } from './registries/registries';
import { assertPlanned, assertReleased, assertTagged, releaseAfter, releaseIn } from './release';
import { Repository } from './repository';

const FILE = 'libs/networking/src/vpc-block-public-access.ts';
const MEMBER = 'AllowedDirection.EGRESS';
const KEPT = 'AllowedDirection.BIDIRECTIONAL';
const BREAK = `removed:@v3-backend/networking.${MEMBER}`;
const ACCEPTED = 'libs/networking/api/accepted-changes.txt';
const PLUGIN_README = 'tools/nx-cdk/README.md';

/**
 * Releases twice, the second time without a member of an enum, and with a fix of the plug-in.
 *
 * @param folder the one for everything that is made
 * @param npm the one of the registries that an app installs from
 * @throws Error at the first thing that is not as it should be
 */
export async function releaseTwice(folder: string, registries: Registries, npm: NpmRegistry): Promise<void> {
  const repository = await step('a copy of this workspace', () =>
    Repository.copy(join(folder, 'workspace'), registries.environment),
  );
  const libraries = readdirSync(join(repository.root, 'libs'));
  const first = releaseIn(repository);
  const second = releaseAfter(first);
  const packAll = () =>
    step('it is packaged', async () => {
      const targets = registries.languages.map((language) => `package:${language}`);
      await repository.nx('run-many', `--targets=${targets.join()}`);
      await repository.nx('run', 'nx-cdk:package');
    });
  const publish = (env?: Readonly<Record<string, string>>) =>
    repository.script('release:publish', [`--skip=${registries.skipped.join()}`], env);

  await step(`the first release has the versions of the manifests, ${first.libraries}`, async () => {
    await assertPlanned(repository, first);
    await repository.script('release:version');
    await assertTagged(repository, first);
  });
  await packAll();
  await step('it is published', async () => {
    await publish();
    await registries.assertHave([first], libraries);
  });
  const app = new ConsumerApp(join(folder, 'app'), npm);
  await step(`an app that asks for ^${first.libraries} gets it, and works`, async () => {
    assert.equal(await app.install(`^${first.libraries}`), first.libraries);
    await app.use(MEMBER);
  });

  await step('something public that is removed is found, by its name', async () => {
    repository.remove(FILE, / {2}\/\*\*[^/]*\*\/\n {2}EGRESS = .*\n/);
    assert.match(await failureOf(repository.nx('run', 'networking:api-check')), new RegExp(BREAK));
  });
  await step('accepted, but not committed as breaking, it is not released', async () => {
    repository.write(ACCEPTED, `# Exclusions are for both directions.\n${BREAK}\n`);
    await repository.commit('fix(networking): exclusions are for both directions');
    const refusal = await failureOf(repository.script('release:version'));
    assert.match(refusal, /Commit them as what they are: feat\(networking\)!/);
    assert.equal(await repository.git('status', '--porcelain'), '');
    await repository.git('reset', '--quiet', '--soft', 'HEAD~1');
    await repository.commit('feat(networking)!: exclusions are for both directions');
  });
  await step(`the second release is breaking, ${second.libraries}, with peers in a range of it`, async () => {
    repository.write(PLUGIN_README, `${repository.read(PLUGIN_README)}\nOne more line.\n`);
    await repository.commit('fix(nx-cdk): one more line');
    await assertPlanned(repository, second);
    await repository.script('release:version');
    await assertTagged(repository, second);
    await assertReleased(repository, second);
    assert.match(await repository.script('release:version'), /Nothing to release/);
  });
  await packAll();
  await step('where npm refuses half-way, the others are published to', async () => {
    const refusing = await refusingAfter(3, npm);
    assert.match(await failureOf(publish(refusing.environment)), /Not everything was published: npm\./);
    await refusing.stop();
    await registries.assertHave([first, second], libraries, { except: 'js' });
    const { versions } = npmAsPublished(npm);
    const published = (await Promise.all(libraries.map(versions))).filter((found) => found.includes(second.libraries));
    assert.equal(published.length, 3);
  });
  await step('once more publishes the rest, and after that changes nothing', async () => {
    await publish();
    await registries.assertHave([first, second], libraries);
    assert.match(await publish(), /SKIPPING: already published/);
    await registries.assertHave([first, second], libraries);
  });
  await step(`an app that asks for ^${first.libraries} stays with it, and works`, async () => {
    const other = new ConsumerApp(join(folder, 'other-app'), npm);
    assert.equal(await other.install(`^${first.libraries}`), first.libraries);
    await other.use(MEMBER);
  });
  await step(`an app cannot have libraries of both releases`, async () => {
    const mixed = new ConsumerApp(join(folder, 'mixed-app'), npm);
    const core = { '@v3-backend/core': `^${first.libraries}` };
    assert.match(await failureOf(mixed.install(`^${second.libraries}`, core)), /ERESOLVE/);
  });
  await step(`an app that moves to ^${second.libraries} is told what is gone, and works without it`, async () => {
    assert.equal(await app.install(`^${second.libraries}`), second.libraries);
    assert.match(await failureOf(app.use(MEMBER)), /'EGRESS' does not exist/);
    await app.use(KEPT);
  });
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
