/** How the work on one item ended. `held`: what needs it cannot start, as after a failure, but nothing went wrong. */
export type Ending = 'done' | 'failed' | 'held';

/** What to run, and what the run may ask and must tell. */
export interface Schedule {
  /** In the order in which to start what could start at the same time. */
  readonly items: readonly string[];
  /** Ids of the items that must have been done before; ids that are not among `items` count as done. */
  readonly needs: (item: string) => ReadonlySet<string>;
  /** The most items worked on at once. */
  readonly concurrency: number;
  /** Items that only wait for something: they are not counted as worked on. None by default. */
  readonly idle?: (item: string) => boolean;
  /** Whether items that need none of the failed ones still start after a failure. */
  readonly continueOnError: boolean;
  /** Asked before each start: true starts nothing more. */
  readonly stopped: () => boolean;
  /** Works on an item; `stopped` tells whether nothing more starts. A rejection is a defect and ends the schedule. */
  readonly work: (item: string, stopped: () => boolean) => Promise<Ending>;
  /** An item was not started because `by`, which it needs, failed, was held, or was itself blocked. */
  readonly blocked: (item: string, by: readonly string[]) => void;
  /** An item was not started because the schedule was stopped. */
  readonly skipped: (item: string) => void;
}

/** Works on items as soon as everything they need is done, several at once. Resolves when nothing is left. */
export async function runSchedule(schedule: Schedule): Promise<void> {
  const { items, needs, concurrency } = schedule;
  const waiting = new Set(items);
  const unavailable = new Set<string>();
  const running = new Map<string, Promise<void>>();
  let failures = 0;
  const isIdle = (item: string) => schedule.idle?.(item) ?? false;
  const isFull = () => [...running.keys()].filter((item) => !isIdle(item)).length >= concurrency;
  const isStopped = () => schedule.stopped() || (!schedule.continueOnError && failures > 0);
  const pending = (item: string) => [...needs(item)].some((needed) => waiting.has(needed) || running.has(needed));

  const start = (item: string) => {
    waiting.delete(item);
    const ended = schedule.work(item, isStopped).then((ending) => {
      running.delete(item);
      if (ending !== 'done') unavailable.add(item);
      if (ending === 'failed') failures += 1;
    });
    running.set(item, ended);
  };

  for (;;) {
    for (const item of [...waiting]) {
      const by = [...needs(item)].filter((needed) => unavailable.has(needed));
      if (by.length > 0) {
        waiting.delete(item);
        unavailable.add(item);
        schedule.blocked(item, by);
      } else if ((isIdle(item) || !isFull()) && !isStopped() && !pending(item)) {
        start(item);
      }
    }
    if (running.size > 0) await Promise.race(running.values());
    else if (isStopped() || waiting.size === 0) break;
  }
  for (const item of waiting) schedule.skipped(item);
}
