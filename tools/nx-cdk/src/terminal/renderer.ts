import { closeSync, openSync, writeSync } from 'node:fs';
import type { Listener } from '../events/event';
import { captureOutput } from './capture-output';
import { chooseDisplay, lookAround } from './choose';
import { openTerminal } from './controlling-terminal';
import { LiveRenderer } from './live';
import { ansiPaint, noPaint } from './paint';
import { plainRenderer } from './plain';

/** Shows a run to a person, or to a log. */
export interface Renderer {
  readonly listener: Listener;
  /** Prints what a person must see at once, also after Nx has stopped to show what its processes print. */
  readonly say: (text: string) => void;
  readonly close: () => void;
}

/** Shows a run in the way that fits where it is shown. */
export function createRenderer(options: { readonly verbose: boolean }): Renderer {
  const terminal = chooseDisplay(lookAround()) === 'live' ? openTerminal() : undefined;
  if (!terminal) {
    const listener = plainRenderer((line) => process.stdout.write(`${line}\n`), options);
    return { listener, say: sayOnTerminal, close: () => undefined };
  }
  const live = new LiveRenderer(terminal, { ...options, paint: terminal.hasColors ? ansiPaint : noPaint });
  terminal.onResize(() => live.print());
  const release = captureOutput((line) => live.print(line));
  return {
    listener: live.listener,
    say: (text) => live.print(...text.split('\n')),
    close: () => {
      release();
      live.close();
      terminal.close();
    },
  };
}

function sayOnTerminal(text: string): void {
  try {
    const terminal = openSync('/dev/tty', 'w');
    writeSync(terminal, `\n${text}\n`);
    closeSync(terminal);
  } catch {
    process.stderr.write(`${text}\n`);
  }
}
