import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../tools/packaging/src/command';
import { IDENTITY } from '../repository';
import { sortedVersions } from './http';
import type { LoopbackRegistry } from './registry';

/** The git repository of the Go modules, from which Go takes each version by its tag. */
export async function startGo(folder: string): Promise<LoopbackRegistry> {
  const repository = join(folder, 'v3-backend/v3-backend-go.git');
  mkdirSync(repository, { recursive: true });
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main'], { cwd: repository });
  return {
    environment: {
      GITHUB_TOKEN: 'anyone',
      GIT_USER_NAME: IDENTITY.GIT_AUTHOR_NAME,
      GIT_USER_EMAIL: IDENTITY.GIT_AUTHOR_EMAIL,
      // Whoever clones from GitHub gets the repository here.
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${folder}/.insteadOf`,
      GIT_CONFIG_VALUE_0: 'https://anyone@github.com/',
    },
    async versions(library) {
      const tags = (await run('git', ['tag'], { cwd: repository })).split('\n');
      const prefix = `v3backend${library.replaceAll('-', '')}/v`;
      return sortedVersions(tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length)));
    },
  };
}
