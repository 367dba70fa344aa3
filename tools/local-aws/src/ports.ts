import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalAwsError } from './errors';

/** How long the port of a process that has just ended may stay in use, in milliseconds. */
const RELEASE_MS = 3_000;

/**
 * Checks that nothing listens on a port of this machine.
 * @throws LocalAwsError naming the process that does, and how to choose another port
 */
export async function assertPortFree(port: number): Promise<void> {
  const deadline = Date.now() + RELEASE_MS;
  while (!(await isFree(port))) {
    const holder = findHolder(port);
    if (holder || Date.now() > deadline) {
      const who = holder ? `process ${holder.pid} (${holder.command})` : 'a process that this user may not look at';
      throw new LocalAwsError(
        `Port ${port} is taken by ${who}. End that process, or choose another port for the local endpoint, ` +
          `for example: export LOCAL_AWS_PORT=${port + 10}`,
      );
    }
    await sleep(50);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

interface Holder {
  readonly pid: string;
  readonly command: string;
}

function findHolder(port: number): Holder | undefined {
  const pid = process.platform === 'linux' ? holderFromProc(port) : undefined;
  return pid ? { pid, command: commandOf(pid) } : holderFromLsof(port);
}

/** The listening socket's inode from the kernel's tables, then the process that has it open. */
function holderFromProc(port: number): string | undefined {
  const inodes = new Set(['tcp', 'tcp6'].flatMap((table) => listeningInodes(table, port)));
  return readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && opensOneOf(entry, inodes));
}

function listeningInodes(table: string, port: number): string[] {
  const LISTEN = '0A';
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return readLines(`/proc/net/${table}`)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === LISTEN)
    .map((fields) => `socket:[${fields[9]}]`);
}

function opensOneOf(pid: string, sockets: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      try {
        return sockets.has(readlinkSync(`/proc/${pid}/fd/${descriptor}`));
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}

function commandOf(pid: string): string {
  const command = readLines(`/proc/${pid}/cmdline`).join(' ').replaceAll('\0', ' ').trim();
  return command.length > 120 ? `${command.slice(0, 119)}…` : command;
}

function holderFromLsof(port: number): Holder | undefined {
  try {
    const output = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [, pid, command] = /^p(\d+)\n(?:.*\n)*?c(.+)$/m.exec(output) ?? [];
    return pid && command ? { pid, command } : undefined;
  } catch {
    return undefined;
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
