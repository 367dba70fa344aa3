import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { freePort, personalEnvironment } from './personal-environment';
import { runFolder } from './run-folder';

const ROOT = join(__dirname, '../../..');
/** Where the local endpoint keeps its Python environments; a file beside them says which one is complete. */
const PYTHON_ENVIRONMENTS = '.local-aws/venv';

/**
 * Makes, once for all test files, what costs time in each: a copy of this workspace in a git repository of its own, with
 * built libraries, a filled Nx cache, and a local endpoint that is installed, bootstrapped, and stopped.
 *
 * It has the files that git knows or would add, shares the installed packages, and links the workspace's own packages to
 * itself, so that what it builds and runs is its own. Builds that this workspace has in its Nx cache are taken from there.
 */
export async function prepareWorkspace(): Promise<void> {
  const root = join(runFolder(), 'prepared');
  copySources(root);
  linkPackages(root);
  copyWhatIsReady(root);
  git(root, 'init', '--quiet', '--initial-branch=main');
  commitAll(root, 'the workspace as it is');
  const env = personalEnvironment({ LOCAL_AWS_PORT: String(await freePort()) });
  const nx = (...args: string[]) => succeed(process.execPath, [nxOf(root), 'run', ...args], root, env);
  nx('v3-backend-infra:synth', '--configuration=local');
  nx('local-aws:start');
  nx('local-aws:stop');
}

/** Copies the prepared workspace. The copies share its Python environment; everything else is their own. */
export function clonePreparedWorkspace(name: string): string {
  const prepared = join(runFolder(), 'prepared');
  const clone = join(runFolder(), name);
  const environments = join(prepared, PYTHON_ENVIRONMENTS) + sep;
  cpSync(prepared, clone, {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
    filter: (source) => !source.startsWith(environments) || source.endsWith('.json'),
  });
  return clone;
}

/** The Nx of a workspace, to be run with Node.js. */
export const nxOf = (root: string) => join(root, 'node_modules/nx/dist/bin/nx.js');

/** Commits everything that changed. */
export function commitAll(root: string, message: string): void {
  git(root, 'add', '--all');
  git(root, '-c', 'user.name=e2e', '-c', 'user.email=e2e@example.com', 'commit', '--quiet', '--message', message);
}

function copySources(root: string): void {
  const listed = succeed('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], ROOT);
  for (const file of listed.split('\0').filter((name) => name !== '')) {
    // A file that was deleted and not yet committed is listed all the same.
    if (!existsSync(join(ROOT, file))) continue;
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(ROOT, file), join(root, file), { errorOnExist: true, force: false });
  }
}

/** Links are relative where they must lead into each copy of this copy, and absolute where they lead out of it. */
function linkPackages(root: string): void {
  const modules = join(root, 'node_modules');
  mkdirSync(join(modules, '@v3-backend'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name === '@v3-backend' || name === '.cache') continue;
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const folder of ['libs', 'tools']) {
    for (const name of readdirSync(join(root, folder))) {
      const link = join(modules, '@v3-backend', name);
      symlinkSync(relative(dirname(link), join(root, folder, name)), link);
    }
  }
}

/** Builds of libraries from this workspace's Nx cache, and its installation of MiniStack, where it has them. */
function copyWhatIsReady(root: string): void {
  const cache = join(ROOT, '.nx/cache');
  const entries = existsSync(cache) ? readdirSync(cache) : [];
  const builds = entries.filter((entry) => existsSync(join(cache, entry, 'libs')));
  const data = join(ROOT, '.nx/workspace-data');
  const index = existsSync(data) ? readdirSync(data).filter((file) => /\.db(-wal)?$/.test(file)) : [];
  for (const path of [
    ...[...builds, 'terminalOutputs'].map((entry) => join('.nx/cache', entry)),
    ...index.map((file) => join('.nx/workspace-data', file)),
    join(PYTHON_ENVIRONMENTS, 'complete.json'),
  ]) {
    if (existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(root, path), { recursive: true });
  }
}

function git(root: string, ...args: string[]): void {
  succeed('git', args, root);
}

function succeed(command: string, args: readonly string[], cwd: string, env = process.env): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}
