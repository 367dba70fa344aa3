import { readFileSync, readlinkSync } from 'node:fs';

/** How a run is shown. */
export type Display = 'live' | 'plain';

/** What is known of where a run is shown. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person can type: Nx hands on its standard input as it is. */
  readonly inputIsTerminal: boolean;
  /** Where the standard output of Nx goes; undefined where that cannot be found out. */
  readonly nxOutput?: string;
  /** The command line of Nx, word by word; undefined where that cannot be found out. */
  readonly nxCommand?: readonly string[];
}

const TERMINAL = /^\/dev\/(pts\/|tty|console)/;

/**
 * Chooses how to show a run. `NX_CDK_PROGRESS` decides if it is set to `live` or `plain`.
 *
 * Nx reads the output of its batch processes through a pipe, so the output says nothing of whether a person is watching.
 * Neither is it live where Nx draws on the terminal itself: each would write over the lines of the other.
 */
export function chooseDisplay({ env, inputIsTerminal, nxOutput, nxCommand }: Surroundings): Display {
  const wanted = env['NX_CDK_PROGRESS'];
  if (wanted === 'live' || wanted === 'plain') return wanted;
  const inCi = env['CI'] !== undefined && env['CI'] !== 'false';
  if (!inputIsTerminal || inCi || env['TERM'] === 'dumb') return 'plain';
  if (nxOutput !== undefined && !TERMINAL.test(nxOutput)) return 'plain';
  return nxDraws(env, nxCommand ?? []) ? 'plain' : 'live';
}

/** What is wrong with how a person wants a run to be shown. */
export function displayProblems(env: Surroundings['env']): string[] {
  const wanted = env['NX_CDK_PROGRESS'];
  return wanted === undefined || ['', 'live', 'plain'].includes(wanted)
    ? []
    : [`NX_CDK_PROGRESS=${wanted} must be live or plain.`];
}

/** Looks around. */
export function lookAround(): Surroundings {
  return {
    env: process.env,
    inputIsTerminal: process.stdin.isTTY === true,
    nxOutput: ifReadable(() => readlinkSync(`/proc/${process.ppid}/fd/1`)),
    nxCommand: ifReadable(() => readFileSync(`/proc/${process.ppid}/cmdline`, 'utf8').split('\0')),
  };
}

/** Whether Nx overwrites what others print: it does for commands on several projects, unless it was told not to. */
function nxDraws(env: Surroundings['env'], command: readonly string[]): boolean {
  if (!command.some((word) => word === 'affected' || word === 'run-many')) return false;
  const option = /--output-?style[= ](\S+)/i.exec(command.join(' '))?.[1];
  const style = option ?? env['NX_DEFAULT_OUTPUT_STYLE'] ?? '';
  const quiet =
    /^(static|stream)/.test(style) ||
    env['NX_TASKS_RUNNER_DYNAMIC_OUTPUT'] === 'false' ||
    env['NX_STREAM_OUTPUT'] === 'true' ||
    env['NX_VERBOSE_LOGGING'] === 'true';
  return !quiet;
}

function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
