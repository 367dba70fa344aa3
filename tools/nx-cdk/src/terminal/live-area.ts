import { stripVTControlCharacters } from 'node:util';

/** A terminal as far as a live area needs it. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
}

const up = (rows: number) => (rows > 0 ? `\x1b[${rows}A` : '');
const CLEAR_DOWN = '\r\x1b[J';
/** A line that is wider than it looks, e.g. for wide characters, must not take two rows. */
const NO_WRAP = '\x1b[?7l';
const WRAP = '\x1b[?7h';

/**
 * Lines at the end of a terminal's output that are drawn over again and again.
 *
 * Every change is one write that leaves the terminal as it found it, and the cursor is never hidden: a process that is
 * killed leaves nothing behind but the lines. (The libraries for this hide the cursor, and do not know that a terminal that
 * became narrower has broken their lines.)
 */
export class LiveArea {
  private drawn: readonly string[] = [];

  public constructor(private readonly screen: Screen) {}

  /** Prints lines that stay, and shows the others below them instead of those shown before. */
  public draw(lasting: readonly string[], live: readonly string[]): void {
    if (lasting.length + live.length + this.drawn.length === 0) return;
    const start = `${up(this.drawnRows())}${CLEAR_DOWN}`;
    const stay = lasting.map((line) => `${line}\n`).join('');
    const shown = live.length === 0 ? '' : `${NO_WRAP}${live.map((line) => `${line}\n`).join('')}${WRAP}`;
    this.screen.write(`${start}${stay}${shown}`);
    this.drawn = live;
  }

  /** A terminal that became narrower has broken lines into several rows. */
  private drawnRows(): number {
    const { columns } = this.screen;
    return this.drawn
      .map((line) => Math.max(1, Math.ceil([...stripVTControlCharacters(line)].length / Math.max(1, columns))))
      .reduce((sum, rows) => sum + rows, 0);
  }
}
