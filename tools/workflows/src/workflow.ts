import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A step of a job, as far as the rules of this project look at it. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}

/** A workflow file. */
export interface Workflow {
  /** Relative to the workspace, for example `.github/workflows/ci.yml`. */
  readonly file: string;
  readonly text: string;
  readonly jobs: Readonly<Record<string, { readonly steps?: readonly Step[] }>>;
}

/** Something that is wrong with a workflow. */
export interface Finding {
  /** Which of the linters says so. */
  readonly by: string;
  /** The file, and the place in it. */
  readonly at: string;
  readonly message: string;
}

/** Where GitHub looks for workflows. */
export const WORKFLOWS = '.github/workflows';

/**
 * Reads all workflows of a workspace.
 * @throws the YAML parser's error, with the file's name, for one that is no YAML
 */
export function readWorkflows(workspaceRoot: string): Workflow[] {
  return readdirSync(join(workspaceRoot, WORKFLOWS))
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => {
      const file = `${WORKFLOWS}/${name}`;
      return parseWorkflow(file, readFileSync(join(workspaceRoot, file), 'utf8'));
    });
}

/** The workflow that a text says. */
export function parseWorkflow(file: string, text: string): Workflow {
  try {
    const content = parse(text) as { jobs?: Workflow['jobs'] } | null;
    return { file, text, jobs: content?.jobs ?? {} };
  } catch (error) {
    throw new Error(`${file} is not YAML: ${(error as Error).message}`);
  }
}

/** Every step of a workflow, with its place as a person would describe it. */
export function stepsOf({ file, jobs }: Workflow): { readonly at: string; readonly step: Step }[] {
  return Object.entries(jobs).flatMap(([job, { steps = [] }]) =>
    steps.map((step, index) => ({ at: `${file}, job ${job}, step ${step.name ?? index + 1}`, step })),
  );
}
