import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { freePort, personalEnvironment } from './personal-environment';
import { runFolder } from './run-folder';
import { Workspace } from './workspace';

const ROOT = join(__dirname, '../../..');
/** Where the local endpoint keeps its Python environments; a file beside them says which one is complete. */
const PYTHON_ENVIRONMENTS = '.local-aws/venv';

/**
 * Makes, once for all test files, what costs time in each: a copy of this workspace in a git repository of its own, with
 * built libraries, a filled Nx cache, and a local endpoint that is installed, bootstrapped, and stopped.
 *
 * It has the files that git knows or would add, shares the installed packages, and links the workspace's own packages to
 * itself, so that what it builds and runs is its own. What this workspace has built or synthesized is taken from its Nx cache.
 */
export async function prepareWorkspace(): Promise<void> {
  const root = join(runFolder(), 'prepared');
  copySources(root);
  linkPackages(root);
  copyWhatIsReady(root);
  const workspace = new Workspace(root, personalEnvironment({ LOCAL_AWS_PORT: String(await freePort()) }));
  workspace.commit('the workspace as it is');
  for (const target of ['v3-backend-infra:synth:local', 'local-aws:start', 'local-aws:stop']) {
    const { status, output } = await workspace.nx(['run', target]);
    if (status !== 0) throw new Error(`nx run ${target} failed in a copy of this workspace:\n${output}`);
  }
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

function copySources(root: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
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

/**
 * What this workspace's Nx cache has for the tasks that run in copies, and its installation of MiniStack, where there is one.
 *
 * The cache's index knows every entry: of a task whose entry were not copied with it, Nx would restore nothing.
 */
function copyWhatIsReady(root: string): void {
  const cache = join(ROOT, '.nx/cache');
  const entries = existsSync(cache) ? readdirSync(cache) : [];
  const results = entries.filter((entry) =>
    ['libs', 'dist/cdk', 'dist/packages'].some((outputs) => existsSync(join(cache, entry, outputs))),
  );
  const data = join(ROOT, '.nx/workspace-data');
  const index = existsSync(data) ? readdirSync(data).filter((file) => /\.db(-wal)?$/.test(file)) : [];
  for (const path of [
    ...[...results, 'terminalOutputs'].map((entry) => join('.nx/cache', entry)),
    ...index.map((file) => join('.nx/workspace-data', file)),
    join(PYTHON_ENVIRONMENTS, 'complete.json'),
  ]) {
    if (existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(root, path), { recursive: true });
  }
}
