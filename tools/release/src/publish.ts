import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesOf, run } from './command';
import { type Group, releasesOf } from './groups';
import { type Publication, collectPackages } from './packages';
import { REGISTRIES, type Registry } from './registries';

export interface PublishOptions {
  /** Says what would be published, and publishes nothing. */
  readonly dryRun: boolean;
  /** Languages that are left out. */
  readonly skip: readonly string[];
}

/**
 * Publishes what the tags of the checked-out commit release, from `dist/packages`. What a registry has already is skipped, so
 * a run that failed half-way can be repeated.
 *
 * @throws before anything is published, with everything that is missing for it; and at the end, if a registry refused.
 */
export function publish({ dryRun, skip }: PublishOptions): void {
  const releases = releasesOf(linesOf('git', 'tag', '--points-at', 'HEAD'));
  const groups = releases.map(({ name }) => name);
  const publications = collectPackages(
    groups,
    REGISTRIES.filter(({ language }) => !skip.includes(language)),
  );
  const problems = [...problemsOfOptions(groups, skip), ...problemsOf(publications, dryRun)];
  if (problems.length > 0)
    throw new Error(`Nothing was published:\n${problems.map((text) => `  - ${text}`).join('\n')}`);

  for (const language of skip) console.log(`${language} is skipped, as you said.`);
  for (const { registry, artifacts } of publications) {
    console.log(`${registry.name}: ${artifacts.length} packages\n${artifacts.map((file) => `  ${file}`).join('\n')}`);
  }
  if (dryRun) return console.log('This was a dry run.');
  const failed = publications.filter((publication) => !isPublished(publication)).map(({ registry }) => registry.name);
  if (failed.length > 0) {
    throw new Error(`Not everything was published: ${failed.join(', ')}. Run it again: what was published is skipped.`);
  }
  console.log(`\nPublished ${releases.map(({ name, version }) => `the ${name} in version ${version}`).join(' and ')}.`);
}

function problemsOfOptions(groups: readonly Group['name'][], skip: readonly string[]): string[] {
  const languages = REGISTRIES.map(({ language }) => language);
  return [
    ...skip
      .filter((language) => !languages.includes(language))
      .map((language) => `${language} cannot be skipped: it is none of ${languages.join(', ')}.`),
    ...(groups.length === 0
      ? ['No tag of a release is at the checked-out commit. Check one out, or make one by npm run release:version.']
      : []),
  ];
}

function problemsOf(publications: readonly Publication[], dryRun: boolean): string[] {
  return publications.flatMap(({ registry, missing }) => [
    ...(missing.length > 0
      ? [
          `There are no packages of ${missing.join(', ')} for ${registry.name}: run npm run release:package. ${orSkip(registry)}`,
        ]
      : []),
    ...(dryRun || hasCredentials(registry)
      ? []
      : [`${registry.name} needs ${variablesOf(registry)}. ${orSkip(registry)}`]),
  ]);
}

function hasCredentials({ credentials }: Registry): boolean {
  return credentials.some((variables) => variables.every((variable) => process.env[variable]));
}

function variablesOf({ credentials }: Registry): string {
  return credentials.map((variables) => variables.join(' and ')).join(', or ');
}

function orSkip({ language }: Registry): string {
  return `Leave it out by --skip=${language}.`;
}

function isPublished({ registry, folder }: Publication): boolean {
  console.log(`\n${registry.name}:`);
  const home = mkdtempSync(join(tmpdir(), 'publish-'));
  try {
    run('npx', [registry.publisher, folder], {
      ...registry.defaults,
      ...process.env,
      // publib leaves a log and a clone in the temporary folder.
      TMPDIR: home,
      // publib-npm writes the token into the .npmrc of the home folder, and would overwrite the user's. npm, when it runs a
      // script, tells the npm in it to read the user's all the same.
      ...(registry.language === 'js' ? { HOME: home, npm_config_userconfig: join(home, '.npmrc') } : {}),
    });
    return true;
  } catch (error) {
    console.error((error as Error).message);
    return false;
  } finally {
    rmSync(home, { recursive: true });
  }
}
