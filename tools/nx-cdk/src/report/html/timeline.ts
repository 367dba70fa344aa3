import { duration, wholeSeconds } from '../duration';
import type { RunReport, StackReport } from '../report';
import { html, type Markup } from './markup';

const WIDTH = 1040;
const LABELS = 150;
const TIMES = 90;
const ROW = 24;
const AXIS = 22;
const STEPS_S = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/**
 * When the work on each stack began and ended; undefined when it began on none.
 *
 * @param names what to call a stack, by stack name.
 */
export function timeline(report: RunReport, names: ReadonlyMap<string, string>): Markup | undefined {
  const start = Date.parse(report.startedAt);
  const total = Math.max(1, Date.parse(report.finishedAt) - start);
  const bars = report.stacks
    .filter(({ startedAt }) => startedAt !== undefined)
    .sort((a, b) => Date.parse(a.startedAt ?? '') - Date.parse(b.startedAt ?? ''));
  if (bars.length === 0) return undefined;
  const height = AXIS + bars.length * ROW + 4;
  const x = (ms: number) => LABELS + ((WIDTH - LABELS - TIMES) * ms) / total;
  return html`<svg
    class="timeline"
    role="img"
    aria-labelledby="timeline-title timeline-description"
    viewBox="0 0 ${WIDTH} ${height}"
    width="${WIDTH}"
  >
    <title id="timeline-title">When each stack was worked on</title>
    <desc id="timeline-description">${bars.map((stack) => describe(stack, start, names)).join(' ')}</desc>
    ${ticks(total).map(
      (ms) =>
        html`<line class="grid" x1="${x(ms)}" x2="${x(ms)}" y1="${AXIS}" y2="${height}" />
          <text class="tick" x="${x(ms)}" y="14">${wholeSeconds(ms)}</text>`,
    )}
    ${bars.map((stack, index) => {
      const y = AXIS + index * ROW;
      const from = x(Date.parse(stack.startedAt ?? '') - start);
      const width = Math.max(3, x(stack.durationMs) - LABELS);
      return html`<g class="bar ${stack.result}" data-stack="${stack.stackName}">
        <title>${describe(stack, start, names)}</title>
        <text class="label" x="${LABELS - 10}" y="${y + 16}">${names.get(stack.stackName)}</text>
        <rect x="${from.toFixed(1)}" y="${y + 4}" width="${width.toFixed(1)}" height="${ROW - 8}" rx="3" />
        <text class="time" x="${(from + width + 6).toFixed(1)}" y="${y + 16}">${duration(stack.durationMs)}</text>
      </g>`;
    })}
  </svg>`;
}

/** Round times within the run, some five of them. */
function ticks(total: number): number[] {
  const step =
    1000 * (STEPS_S.find((seconds) => total / (seconds * 1000) <= 6) ?? Math.ceil(total / 21_600_000) * 3600);
  return Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step).filter(
    (ms) => ms % 1000 === 0,
  );
}

function describe(
  { stackName, startedAt, durationMs, result }: StackReport,
  start: number,
  names: ReadonlyMap<string, string>,
): string {
  const after = duration(Date.parse(startedAt ?? '') - start);
  return `${names.get(stackName)}: ${result}, began after ${after}, took ${duration(durationMs)}.`;
}
