import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installPythonPackages, installedCommand } from '@v3-backend/local-aws';
import { freePort } from '../../../apps/v3-backend-infra/e2e/personal-environment';
import { sortedVersions, textOf } from './http';
import type { LoopbackRegistry } from './registry';

/** pypiserver, installed into the folder. */
export async function startPypi(folder: string): Promise<LoopbackRegistry> {
  const environment = await installPythonPackages(
    {
      name: 'pypiserver',
      requirementsFile: join(__dirname, '../requirements.txt'),
      folder: join(folder, 'python'),
      logFile: join(folder, 'install.log'),
    },
    console.log,
  );
  const packages = join(folder, 'packages');
  mkdirSync(packages, { recursive: true });
  const port = await freePort();
  const args = ['run', '--interface=127.0.0.1', `--port=${port}`, '--authenticate=.', '--passwords=.', packages];
  spawn(installedCommand(environment, 'pypi-server'), args, {
    stdio: 'ignore',
    env: { ...process.env, PYTHONPATH: environment.packages },
  });
  const url = `http://127.0.0.1:${port}/`;
  await answers(`${url}simple/`);
  return {
    environment: {
      TWINE_REPOSITORY_URL: url,
      TWINE_USERNAME: 'anyone',
      TWINE_PASSWORD: 'anyone',
      // publib installs twine for the user.
      PYTHONUSERBASE: join(folder, 'user'),
    },
    async versions(library) {
      const page = await textOf(`${url}simple/v3-backend-${library}/`);
      return sortedVersions(
        [...page.matchAll(/-(\d+\.\d+\.\d+)-py3-none-any\.whl/g)].map(([, version = '']) => version),
      );
    },
  };
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${url} does not answer`);
}
