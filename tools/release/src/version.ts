import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ReleaseClient } from 'nx/release';
import { isBreaking } from './breaking';
import { linesOf, outputOf, run } from './command';
import { GROUPS, type Group } from './groups';

type VersionData = NonNullable<Parameters<ReleaseClient['releaseChangelog']>[0]['versionData']>;
type ProjectVersions = Record<string, { readonly currentVersion: string | null; readonly newVersion: string | null }>;

/**
 * Gives the packages the versions that the commits since their last release call for, and commits and tags that, with their
 * changelogs and the libraries' released API. Nothing is pushed.
 *
 * @param dryRun says what would be done, and changes nothing.
 * @throws before anything is changed, if there are uncommitted changes, or a library was broken and no commit says so.
 */
export async function version({ dryRun }: { readonly dryRun: boolean }): Promise<void> {
  const client = new ReleaseClient({});
  const planned = await versionGroups(client, true);
  refuse([...uncommittedChanges(dryRun), ...undeclaredBreaks(planned)]);
  if (!GROUPS.some((group) => isReleased(group, planned)))
    return console.log('\nNothing to release: no feature, no fix, no breaking change since the last one.');
  if (dryRun) {
    await writeChangelogs(client, planned, dryRun);
    return console.log('\nThis was a dry run. npm run release:version does it.');
  }
  const versions = await versionGroups(client, false);
  if (versions['core']?.newVersion) {
    // Builds them with their new versions, of which each must be right for those that refer to it.
    run('npx', ['nx', 'run-many', '--targets=api-baseline', '--projects=libs/*']);
    run('git', ['add', '--all', 'libs/*/api/*']);
  }
  await writeChangelogs(client, versions, dryRun);
  console.log(`\nReleased in a commit of its own: ${linesOf('git', 'tag', '--points-at', 'HEAD').join(', ')}.`);
  console.log('Publish with npm run release:package and npm run release:publish, and push the commit with its tags.');
}

async function versionGroups(client: ReleaseClient, dryRun: boolean): Promise<ProjectVersions> {
  const versions: ProjectVersions = {};
  for (const group of GROUPS) {
    const lastRelease = lastTag(group);
    // For Nx, a commit that changes a file of no project, such as nx.json, is everyone's.
    if (lastRelease !== undefined && !hasChanged(group, lastRelease)) continue;
    const { projectsVersionData } = await client.releaseVersion({
      groups: [group.name],
      dryRun,
      ...(lastRelease === undefined ? { firstRelease: true, specifier: versionOf(group) } : {}),
    });
    Object.assign(versions, projectsVersionData);
  }
  return versions;
}

/** Also commits and tags what has been staged. */
async function writeChangelogs(client: ReleaseClient, versions: ProjectVersions, dryRun: boolean): Promise<void> {
  const groups = GROUPS.filter((group) => isReleased(group, versions));
  const firstRelease = groups.some((group) => lastTag(group) === undefined);
  const versionData = versions as VersionData;
  await client.releaseChangelog({ groups: groups.map(({ name }) => name), versionData, firstRelease, dryRun });
}

function lastTag({ tags }: Group): string | undefined {
  return linesOf('git', 'tag', '--list', tags, '--merged', 'HEAD', '--sort=-version:refname')[0];
}

function hasChanged({ root }: Group, since: string): boolean {
  return linesOf('git', 'rev-list', '--max-count=1', `${since}..HEAD`, '--', root).length > 0;
}

/** The version that a group which was never released has in its manifests: the first release is that. */
function versionOf({ folder }: Group): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

function isReleased({ project }: Group, versions: ProjectVersions): boolean {
  return (versions[project]?.newVersion ?? null) !== null;
}

function uncommittedChanges(dryRun: boolean): string[] {
  const changes = dryRun ? '' : outputOf('git', 'status', '--porcelain');
  return changes === '' ? [] : [`There are changes that are not committed; commit or stash them:\n${changes}`];
}

/** Breaking changes that were accepted, but in no commit that says so. */
function undeclaredBreaks(versions: ProjectVersions): string[] {
  return readdirSync('libs').flatMap((library) => {
    const accepted = join('libs', library, 'api/accepted-changes.txt');
    const { currentVersion, newVersion } = versions[library] ?? {};
    if (!existsSync(accepted) || !currentVersion || (newVersion && isBreaking(currentVersion, newVersion))) return [];
    return [
      `${accepted} accepts breaking changes, but the next version would be ${newVersion ?? currentVersion}, which ` +
        `^${currentVersion} accepts. Commit them as what they are: feat(${library})!: …, or with a footer BREAKING CHANGE: …`,
    ];
  });
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
