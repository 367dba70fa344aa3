import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../command';
import { mavenRepositories } from '../maven';
import { type ConsumerApp } from './app';
import { LIBRARIES, packageFolders } from './workspace';

/** Maven installs from a repository in a folder, and everything else from where the user's settings say. */
export const java: ConsumerApp = {
  packages: 'java',
  async install({ folder, work }) {
    const repository = join(work, 'repository');
    for (const packages of packageFolders('java')) cpSync(packages, repository, { recursive: true });
    const config = join(folder, '.mvn');
    mkdirSync(config);
    // The app asks for the version that was the last one when it was written.
    const version = `-Dv3-backend.version=${LIBRARIES[0]!.manifest.version}`;
    writeFileSync(join(config, 'maven.config'), [...mavenRepositories([repository], work), version, ''].join('\n'));
    await run('mvn', ['--batch-mode', '--quiet', 'compile'], { cwd: folder });
  },
};
