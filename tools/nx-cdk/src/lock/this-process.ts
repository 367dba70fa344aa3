import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime, userInfo } from 'node:os';

/** How a process is known to later ones on the same machine. */
export interface ProcessIdentity {
  /** As `user@host`. */
  readonly owner: string;
  /** The machine and the space of process ids that `pid` is meant in; null where that cannot be told. */
  readonly host: string | null;
  readonly pid: number;
  /** When the process began, in the words of its system; null where that cannot be told. */
  readonly processStart: string | null;
}

/** Who this process is. */
export function thisProcess(): ProcessIdentity {
  const { pid } = process;
  return { owner: `${userName()}@${hostname()}`, host: hostIdentity(), pid, processStart: processStart(pid) };
}

/**
 * Whether a process of this machine still runs.
 *
 * @param start when it began; another process with the same id is not the one that is meant.
 */
export function isRunning(pid: number, start: string): boolean {
  if (!isAlive(pid)) return false;
  const found = processStart(pid);
  // It is there and its start cannot be read, which a system may forbid for the processes of others.
  return found === null || found === start;
}

/** Whether there is a process with that id, whichever it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not permitted to signal it: it belongs to somebody else, and is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * The machine and its space of process ids; null where that cannot be told.
 *
 * A container may have its host's name and boot, but has process ids of its own; a machine that was started again, or a
 * new one of the same name, was booted another time.
 */
export function hostIdentity(): string | null {
  if (process.platform === 'linux') {
    const boot = textOf('/proc/sys/kernel/random/boot_id');
    const pids = linkOf('/proc/self/ns/pid');
    return boot === null || pids === null ? null : [hostname(), boot, pids].join(' ');
  }
  const bootMinute = Math.round((Date.now() / 1000 - uptime()) / 60);
  return `${hostname()} ${bootMinute}`;
}

/**
 * When a process began, in the words of its system; `ended` when it is only kept until its parent takes note of its end,
 * null where nothing can be told.
 */
export function processStart(pid: number): string | null {
  if (process.platform === 'linux') {
    const stat = textOf(`/proc/${pid}/stat`);
    // The second field is the command in parentheses, which may itself have blanks and parentheses.
    const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
    return (state === 'Z' || state === 'X' ? 'ended' : fields[START_TIME]) ?? null;
  }
  try {
    const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } } as const;
    const [state, ...start] = execFileSync('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)], options)
      .trim()
      .split(/\s+/);
    return state?.startsWith('Z') ? 'ended' : start.join(' ') || null;
  } catch {
    return null;
  }
}

/** Field 22 of /proc/<pid>/stat, `starttime`, counted from the one after the state, which is field 3. */
const START_TIME = 22 - 4;

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run with a user id that has no name.
    return process.env['USER'] ?? `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

function linkOf(file: string): string | null {
  try {
    return readlinkSync(file);
  } catch {
    return null;
  }
}
