import { duration } from './duration';
import { countChanges } from './changes';
import { countResults, type RunReport, type StackReport } from './report';
import { fenced, text } from './markdown-text';
import { shortNames } from './short-names';

/** A comment of GitHub takes 65,536 characters; all of an error is in report.json. */
const LONGEST_ERROR = 2000;

/** A report as Markdown, made for a comment on a pull request: what matters first, what did not change folded away. */
export function toMarkdown(report: RunReport): string {
  const { environment, account, region, commit, command, startedAt, finishedAt, problems, notices, stacks } = report;
  const took = duration(Date.parse(finishedAt) - Date.parse(startedAt));
  const names = shortNames(stacks);
  const rows = (some: readonly StackReport[]) => table(some, names);
  const quiet = stacks.filter(({ result }) => result === 'unchanged' || result === 'excluded' || result === 'absent');
  const loud = stacks.filter((stack) => !quiet.includes(stack));
  const lines = [
    `## ${report.ok ? '✔' : '✖'} ${report.dryRun ? 'Dry run of ' : ''}${environment}: ${report.ok ? 'succeeded' : 'failed'}`,
    '',
    `**${countResults(stacks) || 'no stacks'}** in ${took}`,
    '',
    ...section('Refused', problems),
    ...failures(stacks, names),
    ...section('To know and to do', notices),
    ...(loud.length === 0 ? [] : [...rows(loud), '']),
    ...(quiet.length === 0
      ? []
      : [`<details><summary>${countResults(quiet)}</summary>`, '', ...rows(quiet), '', '</details>', '']),
    `Account ${account ?? 'unknown'}, ${region ?? 'unknown region'}, commit ${commit ?? 'unknown'}, ${startedAt}`,
    '',
    ...fenced(command),
  ];
  return `${lines.join('\n')}\n`;
}

function failures(stacks: readonly StackReport[], names: ReadonlyMap<string, string>): string[] {
  const failed = stacks.filter(({ result }) => result === 'failed');
  if (failed.length === 0) return [];
  return [
    '### What went wrong',
    '',
    ...failed.flatMap(({ stackName, reason, error }) => [
      `**${text(names.get(stackName) ?? stackName)}**: ${text(reason)}`,
      '',
      ...(error === undefined ? [] : [...fenced(shortened(error)), '']),
    ]),
  ];
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`### ${title}`, '', ...items.flatMap((item) => [...fenced(item), ''])];
}

function table(stacks: readonly StackReport[], names: ReadonlyMap<string, string>): string[] {
  return [
    '| Phase | Stack | Result | Why | Resources | Time |',
    '| --- | --- | --- | --- | --- | ---: |',
    ...stacks.map(({ phase, stackName, result, reason, changes, startedAt, durationMs }) => {
      const time = startedAt === undefined ? '' : duration(durationMs);
      const cells = [phase ?? '', names.get(stackName) ?? '', result, reason, countChanges(changes), time];
      return `| ${cells.map(text).join(' | ')} |`;
    }),
  ];
}

function shortened(error: string): string {
  return error.length <= LONGEST_ERROR ? error : `${error.slice(0, LONGEST_ERROR)}\n… (all of it is in report.json)`;
}
