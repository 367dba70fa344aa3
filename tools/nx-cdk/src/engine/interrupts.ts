import { closeSync, openSync, writeSync } from 'node:fs';
import type { Interrupts } from './request';

/** A process that got SIGTERM is killed soon: Nx does so after 5 seconds. The report is written before. */
const GRACE_MS = 4000;

/**
 * Watches for signals: the first one starts nothing more, a second one waits no longer.
 *
 * Nx answers Ctrl-C by sending SIGTERM to the processes it started and killing them soon after, so what still runs then is
 * left to CloudFormation, which finishes it.
 *
 * @returns the interrupts, and a function that stops watching.
 */
export function watchSignals(): { interrupts: Interrupts; stop: () => void } {
  let stopping = false;
  let detach: () => void;
  const detached = new Promise<void>((resolve) => (detach = resolve));
  let deadline: NodeJS.Timeout | undefined;

  const leave = () => {
    say('Not waiting any longer. CloudFormation finishes what runs. Run the same command again to follow it.');
    detach();
  };
  const onInterrupt = () => {
    if (stopping) return leave();
    stopping = true;
    say('Interrupted: nothing more is started. Press Ctrl-C again to stop waiting for what runs.');
  };
  const onTerminate = () => {
    stopping = true;
    deadline ??= setTimeout(leave, GRACE_MS);
  };
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  return {
    interrupts: {
      get stopping() {
        return stopping;
      },
      detached,
    },
    stop: () => {
      clearTimeout(deadline);
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
    },
  };
}

/** To the terminal itself, where there is one: Nx shows nothing of its processes any more once it is interrupted. */
function say(text: string): void {
  try {
    const terminal = openSync('/dev/tty', 'w');
    writeSync(terminal, `\n${text}\n`);
    closeSync(terminal);
  } catch {
    process.stderr.write(`${text}\n`);
  }
}
