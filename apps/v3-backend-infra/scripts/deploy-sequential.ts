/**
 * `npm run deploy-sequential -- <environment> [imageTag] [--infra-only]`: the deployment script's interface, on the
 * deploy engine. Everything it does is `nx run v3-backend-infra:deploy` with the corresponding options.
 */
import { parseArgs } from 'node:util';
import { normalizeEnvironmentName } from '@v3-backend/core';
import { nx } from './nx';

const USAGE = 'Usage: npm run deploy-sequential -- <environment> [imageTag] [--infra-only]';

/**
 * The Nx command line for the script's arguments. An empty image tag is none: the input of a workflow that was left out.
 *
 * @throws when the arguments are not those of the usage line.
 */
export function nxArguments(argv: string[]): string[] {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { 'infra-only': { type: 'boolean', default: false } },
  });
  const [environment, imageTag, ...rest] = positionals;
  if (environment === undefined) throw new Error('The environment is missing.');
  if (rest.length > 0) throw new Error(`Unexpected arguments: ${rest.join(' ')}.`);
  return [
    'run',
    'v3-backend-infra:deploy',
    `--configuration=${normalizeEnvironmentName(environment)}`,
    ...(imageTag === undefined || imageTag === '' ? [] : [`--imageTag=${imageTag}`]),
    ...(values['infra-only'] ? ['--infraOnly'] : []),
  ];
}

function main(): number {
  let args: string[];
  try {
    args = nxArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return 2;
  }
  return nx(args);
}

if (require.main === module) process.exitCode = main();
