import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeUnfinished, unfinishedName } from '../files/unfinished';
import type { StepScript } from './commands';
import type { MigrationPlan } from './plan';
import { toMarkdown } from './report';

/** Where the plan of an environment is written, relative to the workspace. */
export const planFolder = (environment: string): string => `dist/migration/${environment}`;

/**
 * Writes a plan: `report.md`, `report.json`, and the files of its steps. What an earlier plan had is removed.
 *
 * @param notes for the reader, as sentences.
 * @returns path of the report, relative to the workspace.
 */
export function writePlan(
  workspaceRoot: string,
  plan: MigrationPlan,
  scripts: readonly StepScript[],
  notes: readonly string[],
): string {
  const folder = planFolder(plan.environment);
  const path = join(workspaceRoot, folder);
  removeUnfinished(path);
  const unfinished = unfinishedName(path);
  const files = scripts.flatMap((script) => script.files);
  const write = (name: string, content: string) => {
    const file = join(unfinished, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  for (const file of files) write(file.path, file.content);
  write('report.json', `${JSON.stringify({ ...plan, notes, steps: scripts.map(summaryOf) }, undefined, 2)}\n`);
  write('report.md', toMarkdown(plan, scripts, notes));
  rmSync(path, { recursive: true, force: true });
  renameSync(unfinished, path);
  return `${folder}/report.md`;
}

/** A step without its templates, which have files of their own. */
function summaryOf({ step, title, files, commands }: StepScript) {
  const { kind, ...details } = step;
  const paths = files.map((file) => file.path);
  if (kind === 'refactor') {
    const { moves, stacks } = step;
    return {
      kind,
      title,
      moves,
      stacks: stacks.map(({ stackName, isNew }) => ({ stackName, isNew })),
      files: paths,
      commands,
    };
  }
  const { template: _template, ...rest } = details as { template?: unknown };
  return { kind, title, ...rest, files: paths, commands };
}
