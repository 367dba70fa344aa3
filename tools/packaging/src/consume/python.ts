import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../command';
import { type ConsumerApp, type Place } from './app';
import { LIBRARIES, packageFolders } from './workspace';

const programs = ({ work }: Place) => join(work, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin');

/** pip installs from the folders of wheels, and everything else from where it is configured to. */
export const python: ConsumerApp = {
  packages: 'python',
  async install(place) {
    await run('python3', ['-m', 'venv', join(place.work, 'venv')], { cwd: place.folder });
    askForThisVersion(join(place.folder, 'requirements.txt'));
    const wheels = packageFolders('python').map((folder) => `--find-links=${folder}`);
    const args = ['-m', 'pip', 'install', '--quiet', ...wheels, '--requirement=requirements.txt'];
    await run(join(programs(place), 'python'), args, { cwd: place.folder });
  },
  environment: (place) => ({ PATH: programs(place) + delimiter + process.env['PATH'] }),
};

/** The app asks for the version that was the last one when it was written. */
function askForThisVersion(requirements: string): void {
  const versions = new Map(LIBRARIES.map(({ manifest }) => [manifest.jsii.targets.python.distName, manifest.version]));
  const lines = readFileSync(requirements, 'utf8').split('\n');
  const asking = lines.map((line) => {
    const name = /^[\w-]+/.exec(line)?.[0] ?? '';
    return versions.has(name) ? `${name}==${versions.get(name)}` : line;
  });
  writeFileSync(requirements, asking.join('\n'));
}
