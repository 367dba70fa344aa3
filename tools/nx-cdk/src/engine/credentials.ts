import type { Planned } from '../events/event';
import type { Identity } from '../live-state/live-state';
import { timeLeft } from '../schedule/time-left';

/**
 * Says that the credentials will not last as long as the run, if every stack takes as long as the last time; undefined when
 * they will, and when either is not known.
 */
export function expiryWarning({ expiration }: Identity, planned: Planned, now: number): string | undefined {
  const { stacks, concurrency } = planned;
  const expected = timeLeft({ planned: stacks, concurrency, running: new Map(), results: new Map() }, now);
  if (expiration === undefined || expected === undefined) return undefined;
  const end = new Date(now + expected);
  if (expiration >= end) return undefined;
  return (
    `The AWS credentials expire at ${expiration.toISOString()}, but this run is expected to take until ` +
    `${end.toISOString()}. Log in again first, or do it when they expire: the same command then continues where it ended.`
  );
}
