import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesBelow } from './files';

/**
 * Arguments with which Maven finds the artefacts of these repositories first, and everything else where the user's own
 * settings say.
 *
 * @param repositories folders that are laid out as Maven repositories
 * @param work an existing folder for the settings file; it must outlive the run
 */
export function mavenRepositories(repositories: readonly string[], work: string): string[] {
  const file = join(work, 'settings.xml');
  writeFileSync(
    file,
    settings(repositories.map((folder) => ({ id: repositoryId(folder), url: `${pathToFileURL(folder)}` }))),
  );
  const users = join(homedir(), '.m2', 'settings.xml');
  return [`--settings=${file}`, ...(existsSync(users) ? [`--global-settings=${users}`] : [])];
}

/**
 * A name that changes with the jars. Maven takes an artefact from its cache only for the repository that it came from,
 * so a version that is packaged again is fetched again.
 */
function repositoryId(folder: string): string {
  const hash = createHash('sha256');
  for (const path of filesBelow(folder).filter((name) => name.endsWith('.jar.sha1'))) {
    hash.update(path).update(readFileSync(join(folder, path)));
  }
  return `local-${hash.digest('hex').slice(0, 16)}`;
}

/** Each repository is its own mirror, since a mirror of everything in the user's settings would take its place. */
export function settings(repositories: readonly { readonly id: string; readonly url: string }[]): string {
  const each = (write: (repository: { id: string; url: string }) => string) => repositories.map(write).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<settings xmlns="http://maven.apache.org/SETTINGS/1.0.0">
  <mirrors>
${each(({ id, url }) => `    <mirror><id>${id}</id><mirrorOf>${id}</mirrorOf><url>${url}</url></mirror>`)}
  </mirrors>
  <profiles>
    <profile>
      <id>local-packages</id>
      <repositories>
${each(({ id, url }) => `        <repository><id>${id}</id><url>${url}</url></repository>`)}
      </repositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>local-packages</activeProfile></activeProfiles>
</settings>
`;
}
