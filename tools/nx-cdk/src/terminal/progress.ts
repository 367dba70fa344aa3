import type { AnnouncedStack, Event, StackStarted } from '../events/event';
import type { StackResult } from '../report/report';

/** A stack that is worked on. */
export interface RunningStack {
  readonly name: string;
  readonly verb: StackStarted['verb'];
  /** When the work on it began, in milliseconds since the epoch. */
  readonly since: number;
  readonly done: number;
  readonly total?: number;
  /** The resource CloudFormation spoke of last, by construct path where it is known. */
  readonly resource?: string;
}

/** How far a run is. */
export interface Progress {
  readonly planned: readonly AnnouncedStack[];
  readonly concurrency: number;
  /** When the plan was known, in milliseconds since the epoch. */
  readonly since: number;
  readonly running: ReadonlyMap<string, RunningStack>;
  readonly results: ReadonlyMap<string, StackResult>;
}

/** Before there is a plan, and after everything is over. */
export const nothingToShow: Progress = {
  planned: [],
  concurrency: 1,
  since: 0,
  running: new Map(),
  results: new Map(),
};

/** How far the run is after an event. */
export function track(progress: Progress, event: Event, now: number): Progress {
  switch (event.type) {
    case 'planned':
      return { ...nothingToShow, planned: event.stacks, concurrency: event.concurrency, since: now };
    case 'stack-started': {
      const since = progress.running.get(event.name)?.since ?? now;
      return withRunning(progress, { name: event.name, verb: event.verb, since, done: 0 });
    }
    case 'stack-progress': {
      const stack = progress.running.get(event.name);
      if (!stack) return progress;
      const { done, total, resource } = event;
      return withRunning(progress, { ...stack, done, total, resource });
    }
    case 'stack-finished': {
      const running = new Map(progress.running);
      running.delete(event.name);
      return { ...progress, running, results: new Map(progress.results).set(event.name, event.report.result) };
    }
    case 'refused':
    case 'run-finished':
      return nothingToShow;
    default:
      return progress;
  }
}

function withRunning(progress: Progress, stack: RunningStack): Progress {
  return { ...progress, running: new Map(progress.running).set(stack.name, stack) };
}
