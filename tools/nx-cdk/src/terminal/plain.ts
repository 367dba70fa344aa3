import type { Event, Listener } from '../events/event';
import { countResults, type RunReport } from '../report/report';

/** How often a stack that takes long is mentioned again. */
const REMINDER_MS = 15_000;

/** Renders events as lines that are never changed again. */
export function plainRenderer(print: (line: string) => void, { verbose }: { readonly verbose: boolean }): Listener {
  const mentioned = new Map<string, number>();
  return (event) => {
    for (const line of lines(event, verbose, mentioned)) print(line);
  };
}

function lines(event: Event, verbose: boolean, mentioned: Map<string, number>): string[] {
  switch (event.type) {
    case 'run-started': {
      const title = event.dryRun ? 'Dry run' : { deploy: 'Deploy', destroy: 'Destroy' }[event.action];
      return [`${title} ${event.environment} (account ${event.account}, ${event.region})`];
    }
    case 'refused':
      return ['', ...event.problems.map((problem) => `✖ ${problem}`), ''];
    case 'planned':
      return plannedLines(event.stacks);
    case 'stack-started':
      mentioned.set(event.name, Date.now());
      return [`▸ ${event.name}: ${event.verb}`];
    case 'stack-progress': {
      const total = event.total === undefined ? '' : `/${event.total}`;
      const text = `  ${event.name}: ${event.done}${total} ${event.status} ${event.resource}`;
      if (verbose) return [event.statusReason === undefined ? text : `${text} (${event.statusReason})`];
      if (event.status.endsWith('_FAILED')) return [`${text}: ${event.statusReason ?? ''}`];
      if (Date.now() - (mentioned.get(event.name) ?? 0) < REMINDER_MS) return [];
      mentioned.set(event.name, Date.now());
      return [text];
    }
    case 'stack-finished':
      return ['created', 'updated', 'destroyed', 'failed', 'blocked'].includes(event.report.result)
        ? [finishedLine(event.name, event.report.result, event.report.durationMs, event.report.resources)]
        : [];
    case 'notice':
      return [event.text];
    case 'detail':
      return verbose ? event.text.split('\n').map((line) => `  ${event.name}: ${line}`) : [];
    case 'run-finished':
      return summary(event.report, event.files);
  }
}

function plannedLines(stacks: readonly { name: string; phase?: string; action: string; reason: string }[]): string[] {
  const shipping = stacks.filter(({ action }) => action !== 'unchanged');
  const unchanged = stacks.length - shipping.length;
  const width = Math.max(0, ...shipping.map(({ name }) => name.length));
  return [
    ...shipping.map(
      ({ name, phase, action, reason }) =>
        `  ${(phase ?? '').padEnd(3)} ${name.padEnd(width)}  ${action.padEnd(8)} ${reason}`,
    ),
    ...(unchanged === 0 ? [] : [`  ${unchanged} unchanged`]),
  ];
}

function finishedLine(name: string, result: string, durationMs: number, resources: number | undefined): string {
  const mark = result === 'failed' || result === 'blocked' ? '✖' : '✔';
  const count = resources === undefined ? '' : `${resources} ${resources === 1 ? 'resource' : 'resources'}, `;
  return `${mark} ${name}: ${result} (${count}${(durationMs / 1000).toFixed(1)} s)`;
}

function summary(report: RunReport, files: readonly string[]): string[] {
  const seconds = (Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1000;
  const troubled = report.stacks.filter(({ result }) => result === 'failed' || result === 'blocked');
  return [
    ...troubled.flatMap(({ stackName, result, reason, error }) => [
      '',
      `✖ ${stackName} ${result}: ${reason}`,
      ...(error ?? '')
        .split('\n')
        .filter(Boolean)
        .map((line) => `    ${line}`),
    ]),
    '',
    `${report.ok ? '✔' : '✖'} ${report.environment}: ${countResults(report.stacks) || 'no stacks'} in ${seconds.toFixed(1)} s`,
    `  ${files.join(', ')}`,
  ];
}
