import type { Listener } from '../events/event';
import { type AwsCall, isThrottled, nameOfCall } from './aws-call';

/** The longest that throttling makes a wait, as a multiple. */
const SLOWEST = 8;

/** How fast a wait gets short again once nothing is throttled any more. */
const RECOVERY = 0.8;

/**
 * How often AWS is asked how far something is: as often as wished, and less often while it throttles. Says so, too, so that
 * nobody wonders why nothing moves.
 */
export class Pace {
  private factor = 1;
  private readonly retries = new Map<string, number>();

  /**
   * @param pollMs the wished wait between two questions, in milliseconds.
   * @param listener who is told that AWS throttles, or fails.
   */
  public constructor(
    private readonly pollMs: number,
    private readonly listener: Listener,
  ) {}

  /** How long to wait until the next question, in milliseconds. */
  public next(): number {
    const wait = this.pollMs * this.factor;
    this.factor = Math.max(1, this.factor * RECOVERY);
    return wait;
  }

  /** A call failed in a way that passes, and is repeated. */
  public retried(call: AwsCall, error: unknown): void {
    const throttled = isThrottled(error);
    if (throttled) this.factor = Math.min(SLOWEST, this.factor * 2);
    const what = throttled ? 'throttled' : reasonOf(error);
    const times = this.count(call);
    // The first time, then ever more rarely.
    if (!Number.isInteger(Math.log2(times))) return;
    this.listener({
      type: 'notice',
      text: `${nameOfCall(call)}: ${what}, retrying${times === 1 ? '' : ` (${times} times so far)`}`,
    });
  }

  /** A call is over that somebody else repeated, without saying why: mostly because it was throttled. */
  public repeated(call: AwsCall, times: number): void {
    if (times <= 0) return;
    this.factor = Math.min(SLOWEST, this.factor * 2);
    this.listener({ type: 'notice', text: `${nameOfCall(call)}: throttled or not answered, repeated ${times} times` });
  }

  private count(call: AwsCall): number {
    const name = nameOfCall(call);
    const times = (this.retries.get(name) ?? 0) + 1;
    this.retries.set(name, times);
    return times;
  }
}

function reasonOf(error: unknown): string {
  const { message, name, code } = error as { message?: string; name?: string; code?: unknown };
  return message || String(code ?? name);
}
