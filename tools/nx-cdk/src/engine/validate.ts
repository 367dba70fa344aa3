import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../assembly/read-assembly';
import type { AppModel } from '../config/app-model';
import { type ReferenceFindings, referenceFindings } from '../plan/reference-findings';
import { buildStackGraph } from '../stack-graph/stack-graph';
import { synthesize } from '../synth/synthesize';

/** What is said of an environment's assembly without asking AWS. */
export interface AssemblyFindings extends ReferenceFindings {
  readonly environment: string;
  readonly stacks: number;
}

/** Names of an app's environments, each once. */
export const environmentsOf = ({ config }: Pick<AppModel, 'config'>): string[] => [
  ...new Set(Object.values(config.environments).map(({ environment }) => environment)),
];

/** Synthesizes an environment into a folder of its own, and looks whether its stacks fit together. Asks nobody. */
export async function validateOffline(
  app: AppModel,
  environment: string,
  workspaceRoot: string,
): Promise<AssemblyFindings> {
  const folder = mkdtempSync(join(tmpdir(), 'nx-cdk-validate-'));
  try {
    const outdir = join(folder, 'assembly');
    await synthesize(app, environment, workspaceRoot, outdir);
    return assemblyFindings(app, environment, outdir);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { environment, stacks: 0, problems: [problem], notices: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Looks whether the stacks of an assembly fit together.
 *
 * @throws when they depend on each other in a circle.
 */
export function assemblyFindings(app: AppModel, environment: string, directory: string): AssemblyFindings {
  const graph = buildStackGraph(readAssembly(directory), app, environment);
  return { environment, stacks: graph.nodes.length, ...referenceFindings(graph) };
}
