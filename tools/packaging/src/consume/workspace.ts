import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { run } from '../command';
import { type Language, type Library, packagesOf, readLibrary } from '../library';

export const WORKSPACE = join(__dirname, '../../../..');

/** The libraries, all of which the apps use. */
export const LIBRARIES: readonly Library[] = readdirSync(join(WORKSPACE, 'libs')).map((name) =>
  readLibrary(join(WORKSPACE, 'libs', name)),
);

/** Makes the packages of one language, or takes them from Nx's cache. */
export async function makePackages(language: Language): Promise<void> {
  const projects = LIBRARIES.map(({ root }) => basename(root));
  const args = ['run-many', `--targets=package:${language}`, `--projects=${projects.join()}`];
  await run(process.execPath, [require.resolve('nx/bin/nx.js'), ...args], { cwd: WORKSPACE });
}

/** The folders that the packages of one language are in. */
export function packageFolders(language: Language): string[] {
  return LIBRARIES.map((library) => packagesOf(library, language));
}

/** The CDK command line interface of this workspace. */
const CDK = join(dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');

/** Synthesizes the app in a folder as `cdk synth` does there, and gives the template of a stack. */
export async function synthesize(
  folder: string,
  stack: string,
  env?: Readonly<Record<string, string>>,
): Promise<unknown> {
  const args = [CDK, 'synth', '--quiet', '--no-notices', '--output=cdk.out'];
  await run(process.execPath, args, { cwd: folder, env: { ...env, CDK_DISABLE_CLI_TELEMETRY: 'true' } });
  return JSON.parse(readFileSync(join(folder, 'cdk.out', `${stack}.template.json`), 'utf8'));
}
