import type { Lock } from './lock';
import type { ProcessIdentity } from './this-process';

/** What a lock that was found means for a process that wants it. */
export type Judgement =
  /** It is the process's own. */
  | 'own'
  /** Its holder runs on this machine. */
  | 'held'
  /** Its holder was a process of this machine and has ended. */
  | 'stale'
  /** Its holder is on another machine: nobody here can tell whether it still runs. */
  | 'elsewhere';

/** What may be asked of the machine. */
export type IsRunning = (pid: number, start: string) => boolean;

/** Judges a lock that was found. */
export function judgeLock(
  found: Lock,
  self: Pick<ProcessIdentity, 'host'>,
  ownId: string,
  isRunning: IsRunning,
): Judgement {
  if (found.id === ownId) return 'own';
  if (found.host === null || found.host !== self.host || found.processStart === null) return 'elsewhere';
  return isRunning(found.pid, found.processStart) ? 'held' : 'stale';
}

/** A lock in words, e.g. `ann@laptop (process 42) since 2026-11-24T10:00:00.000Z (5 minutes), at commit …, with "nx …"`. */
export function describeLock({ owner, pid, since, commit, command }: Lock, now: Date): string {
  const at = commit === null ? '' : `, at commit ${commit}`;
  return `${owner} (process ${pid}) since ${since} (${age(Date.parse(since), now.getTime())})${at}, with "${command}"`;
}

function age(from: number, to: number): string {
  const seconds = Math.max(0, Math.round((to - from) / 1000));
  const [count, unit] =
    seconds < 120
      ? [seconds, 'second']
      : seconds < 2 * 3600
        ? [Math.floor(seconds / 60), 'minute']
        : seconds < 48 * 3600
          ? [Math.floor(seconds / 3600), 'hour']
          : [Math.floor(seconds / 86_400), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
