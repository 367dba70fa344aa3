import { countResults, type RunReport } from './report';

/** A report as Markdown, e.g. for a pull-request comment. */
export function toMarkdown(report: RunReport): string {
  const { environment, account, region, commit, command, startedAt, finishedAt, problems, stacks } = report;
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  const lines = [
    `# ${report.dryRun ? 'Dry run' : 'Deployment'} of ${environment}: ${report.ok ? 'succeeded' : 'failed'}`,
    '',
    `- **Stacks:** ${countResults(stacks) || 'none'}`,
    `- **Account and region:** ${account ?? 'unknown'}, ${region ?? 'unknown'}`,
    `- **Commit:** ${commit ?? 'unknown'}`,
    `- **Command:** \`${command}\``,
    `- **Time:** ${startedAt}, ${seconds.toFixed(1)} s`,
    '',
    ...section('Refused', problems),
    ...section(
      'Errors',
      stacks.filter(({ error }) => error !== undefined).map(({ stackName, error }) => `**${stackName}**: ${error}`),
    ),
    '| Phase | Stack | Result | Reason | Seconds |',
    '| --- | --- | --- | --- | ---: |',
    ...stacks.map(
      ({ phase, stackName, result, reason, durationMs }) =>
        `| ${cell(phase ?? '')} | ${cell(stackName)} | ${result} | ${cell(reason)} | ${(durationMs / 1000).toFixed(1)} |`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0
    ? []
    : [`## ${title}`, '', ...items.map((item) => `- ${item.replaceAll('\n', '\n  ')}`), ''];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}
