/** What a person sees after a program wrote to a terminal; as much of a terminal as the live display uses. */
export class TerminalEmulator {
  /** Whether a line that is too long goes on in the next row, as a terminal does unless it is told otherwise. */
  public wraps = true;
  public cursorVisible = true;
  private readonly rows: string[] = [''];
  private row = 0;
  private column = 0;

  public constructor(public columns: number) {}

  /** All rows, scrolled-off ones included, without the empty ones at the end. */
  public get text(): string {
    return this.rows.join('\n').trimEnd();
  }

  public write(output: string): this {
    for (const [part] of output.matchAll(/\x1b\[[?\d;]*[A-Za-z]|[^]/gu)) {
      if (part === '\n') this.lineFeed();
      else if (part === '\r') this.column = 0;
      else if (part.startsWith('\x1b')) this.control(part);
      else this.put(part);
    }
    return this;
  }

  private control(sequence: string): void {
    const up = /^\x1b\[(\d+)A$/.exec(sequence);
    if (up) this.row = Math.max(0, this.row - Number(up[1]));
    else if (sequence === '\x1b[J') {
      this.rows.splice(this.row + 1);
      this.rows[this.row] = (this.rows[this.row] ?? '').slice(0, this.column);
    } else if (/^\x1b\[\?7[lh]$/.test(sequence)) this.wraps = sequence.endsWith('h');
    else if (/^\x1b\[\?25[lh]$/.test(sequence)) this.cursorVisible = sequence.endsWith('h');
    else if (!/^\x1b\[[\d;]*m$/.test(sequence)) throw new Error(`unknown sequence ${JSON.stringify(sequence)}`);
  }

  private put(character: string): void {
    if (this.column === this.columns) {
      if (!this.wraps) return;
      this.lineFeed();
    }
    const line = (this.rows[this.row] ?? '').padEnd(this.column);
    this.rows[this.row] = line.slice(0, this.column) + character + line.slice(this.column + 1);
    this.column++;
  }

  private lineFeed(): void {
    this.row++;
    this.column = 0;
    this.rows[this.row] ??= '';
  }
}
