import type { Fault, FaultScript } from '../e2e/fault-proxy';
import { iamActionOf } from '../e2e/iam-action';

/** How an endpoint that is slower, or stricter, than one on this machine answers. */
export interface Conditions {
  /** Milliseconds that every call takes longer. */
  readonly latency?: number;
  /** The most calls a second, by service; a burst of one second's worth is let through. */
  readonly callsPerSecond?: Readonly<Record<string, number>>;
}

/** Counts the calls that pass, and makes them as slow as told. */
export class Meter {
  public conditions: Conditions = {};
  private counted: Record<string, number> = {};
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  /** What the proxy asks for every request. */
  public readonly script: FaultScript = async (request, body): Promise<Fault | undefined> => {
    const action = iamActionOf(request, body);
    this.counted[action] = (this.counted[action] ?? 0) + 1;
    const { latency = 0 } = this.conditions;
    if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
    return this.mayPass(action.split(':')[0]!) ? undefined : 'throttled';
  };

  /** The calls since it was last asked, by action. */
  public take(): Readonly<Record<string, number>> {
    const calls = this.counted;
    this.counted = {};
    return calls;
  }

  private mayPass(service: string): boolean {
    const rate = this.conditions.callsPerSecond?.[service];
    if (rate === undefined) return true;
    const now = performance.now();
    const { tokens, at } = this.buckets.get(service) ?? { tokens: rate, at: now };
    const left = Math.min(rate, tokens + ((now - at) / 1000) * rate);
    this.buckets.set(service, { tokens: left < 1 ? left : left - 1, at: now });
    return left >= 1;
  }
}
