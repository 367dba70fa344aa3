import { fenced, text } from '../report/markdown-text';
import { table } from '../report/table';
import { TOPICS, type Topic } from './check';
import { type CheckResult, countOutcomes, type Outcome, type Verification } from './verification';

const MARKS: Readonly<Record<Outcome, string>> = {
  passed: '✔',
  failed: '✖',
  'not checkable here': '?',
  'nothing to check': '–',
};

/** A verification for a terminal: what failed with its evidence, everything else in a line. */
export function verificationText(verification: Verification): string {
  const { environment, account, region, checks, ok } = verification;
  return [
    `${environment} (account ${account}, ${region})`,
    ...leftOutLines(verification),
    ...topics(checks).flatMap(([topic, own]) => [
      '',
      TOPICS[topic],
      ...own.flatMap((check) => [
        `  ${MARKS[check.outcome]} ${check.name}: ${summaryOf(check)}`,
        ...indented(table(failuresOf(check)), '      '),
      ]),
    ]),
    '',
    `${ok ? '✔' : '✖'} ${environment}: ${countOutcomes(verification)}`,
  ].join('\n');
}

/** A verification as Markdown, with all evidence. */
export function verificationMarkdown(verification: Verification): string {
  const { environment, account, region, commit, startedAt, command, checks, ok } = verification;
  return [
    `# ${ok ? '✔' : '✖'} ${text(environment)}: ${countOutcomes(verification)}`,
    '',
    ...leftOutLines(verification).map((line) => `- ${text(line)}`),
    ...topics(checks).flatMap(([topic, own]) => [
      '',
      `## ${TOPICS[topic]}`,
      '',
      '| | Check | Result |',
      '| --- | --- | --- |',
      ...own.map((check) => `| ${MARKS[check.outcome]} | ${text(check.name)} | ${text(summaryOf(check))} |`),
      '',
      ...own.flatMap(evidence),
    ]),
    '',
    `Account ${account}, ${region}, checked out ${commit ?? 'unknown'}, ${startedAt}`,
    '',
    ...fenced(command),
    '',
  ].join('\n');
}

function topics(checks: readonly CheckResult[]): [Topic, CheckResult[]][] {
  return (Object.keys(TOPICS) as Topic[])
    .map((topic): [Topic, CheckResult[]] => [topic, checks.filter((check) => check.topic === topic)])
    .filter(([, own]) => own.length > 0);
}

function leftOutLines({ leftOut }: Verification): string[] {
  const reasons = [...new Set(leftOut.map(({ why }) => why))];
  return reasons.map((reason) => {
    const stacks = leftOut.filter(({ why }) => why === reason).map(({ stack }) => stack);
    return `Not checked, because ${reason}: ${stacks.join(', ')}`;
  });
}

function summaryOf({ outcome, reason, findings }: CheckResult): string {
  const good = findings.filter(({ ok }) => ok).length;
  const count = findings.length === 0 ? '' : ` (${good} of ${findings.length})`;
  return `${outcome}${count}${reason === undefined ? '' : `: ${reason}`}`;
}

function failuresOf({ findings }: CheckResult): string[][] {
  return findings.filter(({ ok }) => !ok).map(({ stack, subject, evidence }) => [stack ?? '', subject, evidence]);
}

const indented = (lines: readonly string[], by: string) => lines.map((line) => `${by}${line}`);

function evidence({ name, findings }: CheckResult): string[] {
  if (findings.length === 0) return [];
  const rows = findings.map(({ stack, subject, ok, evidence: seen }) => [ok ? '✔' : '✖', stack ?? '', subject, seen]);
  return [`<details><summary>${text(name)}</summary>`, '', ...fenced(table(rows).join('\n')), '', '</details>', ''];
}
