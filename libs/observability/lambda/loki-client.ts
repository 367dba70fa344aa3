import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { CredentialsSource } from './credentials';
import type { PushRequest } from './loki-streams';

/** The parts of the world that retries depend on. */
export interface Clock {
  /** Milliseconds until the function is stopped. */
  remainingMs(): number;
  sleep(ms: number): Promise<void>;
  /** 0 to 1. */
  random(): number;
}

const MAX_ATTEMPTS = 6;
const REQUEST_TIMEOUT_MS = 10_000;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;
/** What is left for the function to report that it failed. */
const RESERVE_MS = 2_000;

type Outcome =
  | { readonly type: 'accepted' }
  | { readonly type: 'temporary'; readonly reason: string; readonly retryAfterMs?: number }
  | { readonly type: 'unauthorized'; readonly reason: string }
  | { readonly type: 'refused'; readonly reason: string };

/** Sends push requests to Loki. */
export class LokiClient {
  constructor(
    private readonly url: string,
    private readonly credentials: CredentialsSource,
  ) {}

  /**
   * Sends one request, and again with growing delays while the receiver is overloaded or unreachable.
   *
   * @throws when it is not accepted in time or is refused. Lambda then invokes the function again with the same event,
   * and in the end puts it into the dead-letter queue.
   */
  public async push(request: PushRequest, clock: Clock): Promise<void> {
    const body = await promisify(gzip)(JSON.stringify(request));
    let refreshed = false;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.send(body, clock);
      if (outcome.type === 'accepted') return;
      if (outcome.type === 'unauthorized' && !refreshed) {
        refreshed = true;
        this.credentials.forget();
        continue;
      }
      const delay = outcome.type === 'temporary' ? delayMs(attempt, clock, outcome.retryAfterMs) : undefined;
      if (delay === undefined || attempt >= MAX_ATTEMPTS || clock.remainingMs() < delay + RESERVE_MS) {
        throw new Error(`Loki did not accept the logs after ${attempt} attempt(s): ${outcome.reason}`);
      }
      await clock.sleep(delay);
    }
  }

  private async send(body: Buffer, clock: Clock): Promise<Outcome> {
    const { username, apiKey } = await this.credentials.get();
    const timeout = Math.max(1, Math.min(REQUEST_TIMEOUT_MS, clock.remainingMs() - RESERVE_MS));
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        // The credentials are for this address only.
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          authorization: `Basic ${Buffer.from(`${username}:${apiKey}`).toString('base64')}`,
        },
        body: new Uint8Array(body),
        signal: AbortSignal.timeout(timeout),
      });
      return outcomeOf(response, await response.text());
    } catch (error) {
      const { message, cause } = error as Error;
      return { type: 'temporary', reason: cause instanceof Error ? `${message}: ${cause.message}` : message };
    }
  }
}

function outcomeOf({ ok, status, headers }: Response, text: string): Outcome {
  if (ok) return { type: 'accepted' };
  const reason = `HTTP ${status} ${text.slice(0, 500)}`.trim();
  if (status === 401 || status === 403) return { type: 'unauthorized', reason };
  if (status !== 429 && status < 500) return { type: 'refused', reason };
  const retryAfter = Number(headers.get('retry-after') ?? NaN);
  return { type: 'temporary', reason, retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined };
}

/** Exponential, with jitter so that functions that failed together do not return together. */
function delayMs(attempt: number, clock: Clock, retryAfterMs?: number): number {
  const longest = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Math.max(retryAfterMs ?? 0, longest / 2 + (longest / 2) * clock.random());
}
