import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalAwsError } from './errors';
import { identify, isRunning, type ProcessIdentity } from './processes';

let sequence = 0;

/**
 * Runs a function while holding a lock file, so that two processes do not install or start at once. The lock of a
 * process that is no longer running is lifted.
 * @param timeoutMs how long to wait for another process, in milliseconds
 * @throws LocalAwsError when another process holds the lock for longer
 */
export async function withLock<T>(file: string, work: () => Promise<T>, timeoutMs = 300_000): Promise<T> {
  await acquire(file, Date.now() + timeoutMs);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function acquire(file: string, deadline: number): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  while (!tryAcquire(file)) {
    const holder = readHolder(file);
    if (holder && !isRunning(holder)) {
      lift(file, holder);
    } else if (holder && Date.now() > deadline) {
      throw new LocalAwsError(
        `Process ${holder.pid} is starting or stopping the local endpoint and does not come to an end. ` +
          `Wait for it or end it, then run this again (its lock: ${file}).`,
      );
    } else {
      await sleep(100);
    }
  }
}

/** Linking a file that is already written makes the lock appear whole or not at all. */
function tryAcquire(file: string): boolean {
  const draft = `${file}.${process.pid}.${sequence++}`;
  writeFileSync(draft, JSON.stringify(identify(process.pid)));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves a dead process's lock away; when another was quicker and has locked anew, puts theirs back. */
function lift(file: string, dead: ProcessIdentity): void {
  const moved = `${file}.${process.pid}.${sequence++}`;
  try {
    renameSync(file, moved);
  } catch {
    return;
  }
  const holder = readHolder(moved);
  if (holder && (holder.pid !== dead.pid || holder.startedAt !== dead.startedAt)) {
    linkSync(moved, file);
  }
  rmSync(moved, { force: true });
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
