import type { Interrupts } from './request';

/** A process that got SIGTERM is killed soon: Nx does so after 5 seconds. The report is written before. */
const GRACE_MS = 4000;

/** How long a process that nobody waits for may take to release its lock. */
const FAREWELL_MS = 2000;

/**
 * Watches for signals: the first one starts nothing more, a second one waits no longer.
 *
 * Nx answers Ctrl-C by sending SIGTERM to the processes it started and killing them soon after, so what still runs then is
 * left to CloudFormation, which finishes it.
 *
 * When Nx itself is killed, nothing tells its processes but their connections to it, which break. The run then ends like
 * with the second Ctrl-C: the same command may be on its way already.
 *
 * @param say tells the person at the terminal.
 * @returns the interrupts, and a function that stops watching, and ends the process when Nx is not there any more.
 */
export function watchSignals(say: (text: string) => void): { interrupts: Interrupts; stop: () => void } {
  let stopping = false;
  let abandoned = false;
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
  const onAbandoned = () => {
    if (abandoned) return;
    stopping = abandoned = true;
    setTimeout(() => process.exit(1), FAREWELL_MS).unref();
    leave();
  };
  const outputs = [process.stdout, process.stderr];
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate).on('disconnect', onAbandoned);
  for (const output of outputs) output.on('error', onAbandoned);
  return {
    interrupts: {
      get stopping() {
        return stopping;
      },
      detached,
    },
    stop: () => {
      // Reporting to Nx would fail loudly, and what was left to CloudFormation must not go on here.
      if (abandoned) process.exit(1);
      clearTimeout(deadline);
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate).off('disconnect', onAbandoned);
      for (const output of outputs) output.off('error', onAbandoned);
    },
  };
}
