import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { engines, peerDependencies } from '../../../package.json';
import { type Check, type Finding, ok, problem } from '../check';

const LIBRARY = '@aws-cdk/toolkit-lib';
const NEEDED = peerDependencies[LIBRARY];
const NODE = engines.node.replace('>=', '');

/** Node and the CDK are versions that work. */
export const toolchain: Check = {
  name: 'Node and CDK',
  run: async ({ workspaceRoot }) => [
    nodeVersion(process.versions.node),
    libraryVersion(installed(workspaceRoot, LIBRARY)),
    ...cliVersion(installed(workspaceRoot, 'aws-cdk')),
  ],
};

export function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = NODE.split('.').map(Number);
  const enough = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  return enough ? ok(`Node ${version}`) : problem(`Node ${version} is too old`, `Install Node ${NODE} or newer.`);
}

export function libraryVersion(version: string | undefined): Finding {
  if (version === NEEDED) return ok(`CDK Toolkit Library ${version}`);
  const found = version === undefined ? 'is not installed' : `is ${version}, which nx-cdk was not made for`;
  return problem(`the CDK Toolkit Library ${found}`, `npm install --save-dev --save-exact ${LIBRARY}@${NEEDED}`);
}

/** Nothing here needs the CLI but the bootstrap. */
export function cliVersion(version: string | undefined): Finding[] {
  if (version === undefined) return [];
  if (!version.startsWith('3.')) return [ok(`CDK CLI ${version}`)];
  return [
    problem(
      `the CDK CLI is ${version}, a build of 2025 that npm has as "latest" and that reads no assemblies of today`,
      'npm install --save-dev aws-cdk@2',
    ),
  ];
}

function installed(workspaceRoot: string, name: string): string | undefined {
  // Not every package lets its package.json be resolved.
  const folders = createRequire(join(workspaceRoot, 'package.json')).resolve.paths(name) ?? [];
  const file = folders.map((folder) => join(folder, name, 'package.json')).find((path) => existsSync(path));
  return file === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
