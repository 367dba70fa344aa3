/**
 * `npm run deploy:affected -- <environment>`: deploys what the changes since the last deployment of the environment can
 * have an effect on.
 */
import { normalizeEnvironmentName } from '@v3-backend/core';
import { nx, nxOutput } from './nx';

/**
 * The commit among what `nx run …:base` printed.
 *
 * @throws when there is none: without a base, Nx would compare with the default branch and find nothing to ship.
 */
export function baseCommit(printed: string): string {
  const commits = printed.split('\n').filter((line) => /^[0-9a-f]{40}$/.test(line));
  if (commits.length !== 1) throw new Error(`The base is no commit: ${JSON.stringify(printed)}.`);
  return commits[0]!;
}

function main(): number {
  const [name, ...rest] = process.argv.slice(2);
  if (name === undefined || rest.length > 0) {
    console.error('Usage: npm run deploy:affected -- <environment>');
    return 2;
  }
  try {
    const configuration = `--configuration=${normalizeEnvironmentName(name)}`;
    const base = baseCommit(nxOutput(['run', 'v3-backend-infra:base', configuration]));
    return nx(['affected', '-t', 'deploy', configuration, `--base=${base}`]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

if (require.main === module) process.exitCode = main();
