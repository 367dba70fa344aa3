import { cpSync } from 'node:fs';
import { join, sep } from 'node:path';
import { copyIfThere, copyWorkspace } from './copy-workspace';
import { freePort, personalEnvironment } from './personal-environment';
import { runFolder } from './run-folder';
import { Workspace } from './workspace';

/** Where the local endpoint keeps its Python environments; a file beside them says which one is complete. */
const PYTHON_ENVIRONMENTS = '.local-aws/venv';

/**
 * Makes, once for all test files, what costs time in each: a copy of this workspace in a git repository of its own, with
 * built libraries, a filled Nx cache, and a local endpoint that is installed, bootstrapped, and stopped.
 *
 * What this workspace has built or synthesized, and its installation of MiniStack, are taken over.
 */
export async function prepareWorkspace(): Promise<void> {
  const root = join(runFolder(), 'prepared');
  copyWorkspace(root, ['libs', 'dist/cdk', 'dist/packages']);
  copyIfThere(join(PYTHON_ENVIRONMENTS, 'complete.json'), root);
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
