import type { AnnouncedStack } from '../events/event';

/** How far a run is, as far as its end depends on it. */
export interface Expectation {
  readonly planned: readonly AnnouncedStack[];
  /** The most stacks worked on at once. */
  readonly concurrency: number;
  /** When the work on a stack began, in milliseconds since the epoch; by name. */
  readonly running: ReadonlyMap<string, { readonly since: number }>;
  /** Of the stacks that are done, by name. */
  readonly results: ReadonlyMap<string, unknown>;
}

/**
 * How long a run still takes, in milliseconds, if every stack takes as long as the last time.
 *
 * @returns undefined when that is not known of every stack that is not done.
 */
export function timeLeft({ planned, concurrency, running, results }: Expectation, now: number): number | undefined {
  const open = new Map<string, number>();
  for (const { name, action, expectedMs } of planned) {
    if (results.has(name)) continue;
    const expected = action === 'unchanged' ? 0 : expectedMs;
    if (expected === undefined) return undefined;
    const since = running.get(name)?.since;
    open.set(name, since === undefined ? expected : Math.max(0, expected - (now - since)));
  }
  const active = new Map([...open].filter(([name]) => running.has(name)));
  let time = 0;
  while (open.size > 0) {
    for (const { name, needs } of planned) {
      if (active.size >= concurrency) break;
      const mayStart = open.has(name) && !active.has(name) && !needs.some((needed) => open.has(needed));
      if (mayStart) active.set(name, time + (open.get(name) ?? 0));
    }
    const next = [...active].sort(([, a], [, b]) => a - b)[0];
    if (!next) return undefined;
    const [name, end] = next;
    time = end;
    active.delete(name);
    open.delete(name);
  }
  return time;
}
