import type { AnnouncedStack, Event, StackProgress } from '../events/event';
import type { ResourceChange } from '../plan/resource-changes';
import { countResults, type RunReport, type StackReport } from '../report/report';
import { duration } from '../report/duration';

/** What an event says that is worth keeping, as lines; the same in every kind of terminal. */
export function lastingLines(event: Event, verbose: boolean): string[] {
  switch (event.type) {
    case 'run-started': {
      const title = event.dryRun
        ? 'Dry run'
        : { deploy: 'Deploy', destroy: 'Destroy', rollback: 'Roll back' }[event.action];
      return [`${title} ${event.environment} (account ${event.account}, ${event.region})`];
    }
    case 'refused':
      return ['', ...event.problems.map((problem) => `✖ ${problem}`), ''];
    case 'planned':
      return plannedLines(event.stacks);
    case 'stack-started':
      return verbose ? [`▸ ${event.name}: ${event.verb}, because ${event.reason}`] : [];
    case 'stack-progress':
      return verbose || event.status.endsWith('_FAILED') ? [progressLine(event)] : [];
    case 'stack-finished':
      if (event.report.result === 'skipped') return changeLines(event.name, event.report.changes ?? []);
      return ['created', 'updated', 'destroyed', 'failed', 'blocked'].includes(event.report.result)
        ? [finishedLine(event.name, event.report)]
        : [];
    case 'notice':
      return event.text.split('\n');
    case 'detail':
      return verbose ? event.text.split('\n').map((line) => `  ${event.name}: ${line}`) : [];
    case 'run-finished':
      return summary(event.report, event.files);
  }
}

/** How far a stack is, in one line. */
export function progressLine({ name, done, total, status, resource, statusReason }: StackProgress): string {
  const of = total === undefined ? '' : `/${total}`;
  const reason = statusReason === undefined ? '' : `: ${statusReason}`;
  return `  ${name}: ${done}${of} ${status} ${resource}${reason}`;
}

function plannedLines(stacks: readonly AnnouncedStack[]): string[] {
  const shipping = stacks.filter(({ action }) => action !== 'unchanged');
  const unchanged = stacks.length - shipping.length;
  const width = Math.max(0, ...shipping.map(({ name }) => name.length));
  return [
    ...shipping.map(
      ({ name, phase, action, reason }) =>
        `  ${(phase?.name ?? '').padEnd(3)} ${name.padEnd(width)}  ${action.padEnd(8)} ${reason}`,
    ),
    ...(unchanged === 0 ? [] : [`  ${unchanged} unchanged`]),
  ];
}

function finishedLine(name: string, { result, durationMs, resources }: StackReport): string {
  const mark = result === 'failed' || result === 'blocked' ? '✖' : '✔';
  const count = resources === undefined ? '' : `${resources} ${resources === 1 ? 'resource' : 'resources'}, `;
  return `${mark} ${name}: ${result} (${count}${duration(durationMs)})`;
}

/** What a dry run says that would happen to the resources of a stack; those that are new are only counted. */
function changeLines(name: string, changes: readonly ResourceChange[]): string[] {
  const added = changes.filter(({ change }) => change === 'add').length;
  const others = changes.filter(({ change }) => change !== 'add');
  const width = Math.max(0, ...others.map(({ change }) => change.length));
  return [
    ...(added === 0 ? [] : [`  ${name}: add ${added} ${added === 1 ? 'resource' : 'resources'}`]),
    ...others.map(
      ({ change, path, logicalId, type }) =>
        `  ${name}: ${change.padEnd(width)} ${path ?? logicalId} (${type}, ${logicalId})`,
    ),
  ];
}

function summary(report: RunReport, files: readonly string[]): string[] {
  const failed = report.stacks.filter(({ result }) => result === 'failed');
  const blocked = report.stacks.filter(({ result }) => result === 'blocked');
  return [
    ...failed.flatMap(({ stackName, result, reason, error }) => [
      '',
      `✖ ${stackName} ${result}: ${reason}`,
      ...(error ?? '')
        .split('\n')
        .filter(Boolean)
        .map((line) => `    ${line}`),
    ]),
    ...blocked.map(({ stackName, result, reason }) => `✖ ${stackName} ${result}: ${reason}`),
    '',
    `${report.ok ? '✔' : '✖'} ${report.environment}: ${countResults(report.stacks) || 'no stacks'} in ` +
      duration(Date.parse(report.finishedAt) - Date.parse(report.startedAt)),
    `  ${files.join(', ')}`,
  ];
}
