import { openSync } from 'node:fs';
import { WriteStream } from 'node:tty';
import type { Screen } from './live-area';

/** The terminal that the process was started from, wherever its output goes. */
export interface ControllingTerminal extends Screen {
  readonly hasColors: boolean;
  /** Calls back when the terminal has another size. */
  onResize(resized: () => void): void;
  close(): void;
}

/** @returns undefined where there is no such terminal. */
export function openTerminal(): ControllingTerminal | undefined {
  let stream = open();
  if (!stream) return undefined;
  let resized = () => undefined as void;
  // Node keeps the size of a terminal up to date for its own standard streams only.
  const onWindowChange = () => {
    const fresh = open();
    if (!fresh) return;
    stream?.destroy();
    stream = fresh;
    resized();
  };
  process.on('SIGWINCH', onWindowChange);
  return {
    get columns() {
      return stream?.columns || 80;
    },
    get rows() {
      return stream?.rows || 24;
    },
    hasColors: stream.hasColors(),
    write: (text) => void stream?.write(text),
    onResize: (callback) => (resized = callback),
    close: () => {
      process.off('SIGWINCH', onWindowChange);
      stream?.destroy();
    },
  };
}

function open(): WriteStream | undefined {
  try {
    // A terminal that goes away meanwhile is no reason to end a deployment.
    return new WriteStream(openSync('/dev/tty', 'w')).on('error', () => undefined);
  } catch {
    return undefined;
  }
}
