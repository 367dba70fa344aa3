import type { Event } from '../events/event';
import { lastingLines } from './lines';
import { LiveArea, type Screen } from './live-area';
import { liveLines } from './live-lines';
import type { Paint } from './paint';
import { nothingToShow, track } from './progress';

/** How often the times on the screen are brought up to date. */
const TICK_MS = 500;

/** How to render. */
export interface LiveOptions {
  readonly verbose: boolean;
  readonly paint: Paint;
}

/** Renders a run on a terminal: what is over stays, and below it lines that show what is going on. */
export class LiveRenderer {
  private readonly area: LiveArea;
  private progress = nothingToShow;
  private readonly timer = setInterval(() => this.draw([]), TICK_MS).unref();

  public constructor(
    private readonly screen: Screen,
    private readonly options: LiveOptions,
  ) {
    this.area = new LiveArea(screen);
  }

  /** Something happened. */
  public readonly listener = (event: Event): void => {
    this.progress = track(this.progress, event, Date.now());
    this.draw(lastingLines(event, this.options.verbose));
  };

  /** Prints lines that are no event. */
  public print(...lines: string[]): void {
    this.draw(lines);
  }

  /** Takes away what is not to stay. */
  public close(): void {
    clearInterval(this.timer);
    this.progress = nothingToShow;
    this.draw([]);
  }

  private draw(lasting: readonly string[]): void {
    const { columns, rows } = this.screen;
    this.area.draw(lasting, liveLines(this.progress, { columns, rows, now: Date.now(), paint: this.options.paint }));
  }
}
