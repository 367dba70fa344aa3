import type { Estimate } from './estimate';
import { FIGURES, type Figure, type Figures, type Operation, OTHER_TYPES } from './figures';

/** An event of a stack as `aws cloudformation describe-stack-events` prints it, as far as it matters here. */
export interface CalibrationEvent {
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly ResourceStatus: string;
  /** ISO 8601. */
  readonly Timestamp: string;
}

/** Durations in seconds, by type and operation. */
export type Durations = ReadonlyMap<string, Readonly<Record<Operation, readonly number[]>>>;

const STATUS = /^(CREATE|UPDATE|DELETE)_(IN_PROGRESS|COMPLETE)$/;

/** How long each operation on each resource took: from the first event that it is in progress to that of its end. */
export function durationsIn(events: readonly CalibrationEvent[]): Durations {
  const found = new Map<string, Record<Operation, number[]>>();
  const begun = new Map<string, number>();
  const inOrder = [...events].sort((a, b) => Date.parse(a.Timestamp) - Date.parse(b.Timestamp));
  for (const event of inOrder) {
    const [, verb, state] = STATUS.exec(event.ResourceStatus) ?? [];
    // A stack has events of itself.
    if (verb === undefined || event.PhysicalResourceId === event.StackId) continue;
    const operation = verb.toLowerCase() as Operation;
    const key = JSON.stringify([event.StackId, event.LogicalResourceId, operation]);
    const at = Date.parse(event.Timestamp);
    if (state === 'IN_PROGRESS') {
      if (!begun.has(key)) begun.set(key, at);
      continue;
    }
    const start = begun.get(key);
    if (start === undefined) continue;
    begun.delete(key);
    const durations = found.get(event.ResourceType) ?? { create: [], update: [], delete: [] };
    durations[operation].push((at - start) / 1000);
    found.set(event.ResourceType, durations);
  }
  return found;
}

/** Figures from durations; an operation that did not occur keeps the built-in figure. */
export function measuredFigures(durations: Durations, source: string): Figures {
  return Object.fromEntries(
    [...durations].map(([type, measured]): [string, Figure] => {
      const otherwise = FIGURES[type] ?? OTHER_TYPES;
      const of = (operation: Operation) => estimateOf(measured[operation]) ?? otherwise[operation];
      const counts = (['create', 'update', 'delete'] as const).map((one) => `${measured[one].length} ${one}`);
      return [
        type,
        { create: of('create'), update: of('update'), delete: of('delete'), source: `${source}: ${counts.join(', ')}` },
      ];
    }),
  );
}

/** Median and 95th percentile by nearest rank: of fewer than 20 values the latter is the largest. */
function estimateOf(values: readonly number[]): Estimate | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
  return { typical: rank(0.5), high: rank(0.95) };
}
