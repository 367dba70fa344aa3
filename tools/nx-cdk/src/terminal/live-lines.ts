import type { AnnouncedStack } from '../events/event';
import { wholeSeconds } from '../report/duration';
import type { Paint } from './paint';
import type { Progress, RunningStack } from './progress';
import { timeLeft } from '../schedule/time-left';

/** Where the lines are shown, and when. */
export interface View {
  readonly columns: number;
  readonly rows: number;
  /** In milliseconds since the epoch. */
  readonly now: number;
  readonly paint: Paint;
}

/** Less than this of a construct path says nothing. */
const SHORTEST_RESOURCE = 12;

/** The lines that show how far a run is: at most one less than the terminal has rows, none wider than it is. */
export function liveLines(progress: Progress, view: View): string[] {
  if (progress.planned.length === 0) return [];
  const room = Math.max(0, view.rows - 3);
  const stacks = stackLines(progress, view, room);
  return [...stacks, ...(view.rows > 2 && stacks.length > 0 ? [''] : []), statusLine(progress, view)];
}

function stackLines(progress: Progress, view: View, room: number): string[] {
  const running = progress.planned.flatMap((planned) => {
    const stack = progress.running.get(planned.name);
    return stack ? [{ planned, stack }] : [];
  });
  const line = stackLineFor(
    running.map(({ stack }) => stack),
    view,
  );
  const withHeaders = running.flatMap(({ planned, stack }, index) => {
    const isFirst = planned.phase?.name !== running[index - 1]?.planned.phase?.name;
    return [...(isFirst ? phaseHeader(planned, view) : []), line(stack)];
  });
  if (withHeaders.length <= room) return withHeaders;
  if (running.length <= room) return running.map(({ stack }) => line(stack));
  const shown = running.slice(0, Math.max(0, room - 1));
  const more = fit(`  … and ${running.length - shown.length} more`, view.columns);
  return room === 0 ? [] : [...shown.map(({ stack }) => line(stack)), more];
}

function phaseHeader({ phase }: AnnouncedStack, { columns, paint }: View): string[] {
  return phase ? [paint('bold', fit(`Phase ${phase.name}: ${phase.title}`, columns))] : [];
}

/** All lines of stacks have the same columns; the narrower the terminal, the fewer. */
function stackLineFor(stacks: readonly RunningStack[], { columns, now, paint }: View): (stack: RunningStack) => string {
  const texts = stacks.map((stack) => ({
    stack,
    name: stack.name,
    verb: stack.verb,
    count: stack.total === undefined ? `${stack.done}` : `${stack.done}/${stack.total}`,
    elapsed: wholeSeconds(now - stack.since),
  }));
  const widest = (key: 'name' | 'verb' | 'count' | 'elapsed') => Math.max(0, ...texts.map((text) => text[key].length));
  const fixed = 2 + widest('name') + 2 + widest('count') + 2 + widest('elapsed');
  const withVerb = fixed + 2 + widest('verb');
  const forResource = columns - withVerb - 2;
  return (stack) => {
    const { name, verb, count, elapsed } = texts.find((text) => text.stack === stack)!;
    const resource = fitStart(withoutStack(stack.resource ?? ''), forResource).padEnd(forResource);
    const parts = [
      name.padEnd(widest('name')),
      ...(withVerb <= columns ? [verb.padEnd(widest('verb'))] : []),
      count.padStart(widest('count')),
      ...(forResource >= SHORTEST_RESOURCE ? [resource] : []),
      elapsed.padStart(widest('elapsed')),
    ];
    const line = fit(`  ${parts.join('  ')}`, columns);
    return line.endsWith(elapsed) ? line.slice(0, -elapsed.length) + paint('dim', elapsed) : line;
  };
}

function statusLine(progress: Progress, { columns, now, paint }: View): string {
  const results = progress.planned.map(({ name }) => progress.results.get(name));
  const count = (...wanted: string[]) => results.filter((result) => result && wanted.includes(result)).length;
  const failed = count('failed');
  const blocked = count('blocked');
  const finished = results.filter(Boolean).length;
  const counts = [
    `${finished - failed - blocked} done`,
    `${progress.running.size} running`,
    `${progress.planned.length - finished - progress.running.size} waiting`,
    `${failed} failed`,
    ...(blocked > 0 ? [`${blocked} blocked`] : []),
  ].join(', ');
  const left = timeLeft(progress, now);
  const times = [wholeSeconds(now - progress.since), ...(left === undefined ? [] : [inWords(left)])].join(', ');
  const line = fit(`${counts}  (${times})`, columns);
  return failed > 0 ? line.replace(`${failed} failed`, (text) => paint('red', text)) : line;
}

function inWords(ms: number): string {
  if (ms < 10_000) return 'some seconds left';
  const seconds = Math.ceil(ms / 10_000) * 10;
  return seconds < 60 ? `about ${seconds} s left` : `about ${Math.ceil(ms / 60_000)} min left`;
}

/** The line has the stack's name already. */
function withoutStack(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

/** Cuts off the end. */
function fit(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** Cuts off the beginning: the end of a path tells more. */
function fitStart(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width
    ? text
    : `…${characters.slice(characters.length - Math.max(0, width - 1)).join('')}`;
}
