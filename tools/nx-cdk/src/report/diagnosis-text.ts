import type { Finding } from '../doctor/check';
import type { Diagnosis } from '../doctor/diagnosis';

const SIGNS: Readonly<Record<Finding['result'], string>> = { ok: '✔', problem: '✖', 'not checkable here': '?' };

/** What the doctor says, for people: a line for each finding, and below a problem what helps. */
export function diagnosisText({ environment, checks, ok }: Diagnosis): string {
  const findings = checks.flatMap((check) => check.findings);
  const count = (result: Finding['result']) => findings.filter((finding) => finding.result === result).length;
  const unknown = count('not checkable here');
  return [
    ...checks.flatMap(({ check, findings: found }) => [check, ...found.flatMap(linesOf)]),
    '',
    `${ok ? `✔ ${environment} has no problem` : `✖ ${environment}: ${count('problem')} to be mended`}, ` +
      `${count('ok')} in order${unknown === 0 ? '' : `, ${unknown} not checkable here`}`,
  ].join('\n');
}

function linesOf(finding: Finding): string[] {
  const lines = [`  ${SIGNS[finding.result]} ${finding.text}`];
  if (finding.result === 'problem') lines.push(...finding.todo.split('\n').map((line) => `      ${line}`));
  return lines;
}
