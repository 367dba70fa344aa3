import type { IncomingMessage } from 'node:http';
import { type Answer, EndpointProxy } from './endpoint-proxy';

/** What goes wrong with a request before it reaches the endpoint. */
export type Fault = 'throttled' | 'reset' | 'unavailable';

/** Asked for every request, repeated ones included: what is to go wrong with it, if anything, and when it may go on. */
export type FaultScript = (request: IncomingMessage, body: Buffer) => Fault | undefined | Promise<Fault | undefined>;

/** Makes requests fail. */
export class FaultProxy extends EndpointProxy {
  /** How many requests of which kind failed. */
  public readonly faults: Record<Fault, number> = { throttled: 0, reset: 0, unavailable: 0 };

  constructor(
    endpointPort: number,
    private readonly script: FaultScript,
  ) {
    super(endpointPort);
  }

  protected override async answer(request: IncomingMessage, body: Buffer): Promise<Answer> {
    const fault = await this.script(request, body);
    if (fault === undefined) return this.pass(request, body);
    this.faults[fault] += 1;
    if (fault === 'throttled') return throttled(request);
    if (fault === 'reset') request.socket.resetAndDestroy();
    return UNAVAILABLE;
  }
}

/**
 * Faults sprinkled over the requests. A call of the SDK fails twice at most: it is attempted at least three times, so that
 * everything succeeds if everything is repeated.
 *
 * @param share of the requests that fail, at most, from 0 to 1.
 * @param random numbers from 0 to 1.
 */
export function sprinkle(share: number, random: () => number): FaultScript {
  const failures = new Map<string, number>();
  return ({ headers }) => {
    const call = String(headers['amz-sdk-invocation-id']);
    const before = failures.get(call) ?? 0;
    const kinds: readonly Fault[] = ['throttled', 'reset', 'unavailable'];
    if (before >= 2 || random() >= share) return undefined;
    failures.set(call, before + 1);
    return kinds[Math.floor(random() * kinds.length)];
  };
}

const answer = (status: number, type: string, body: string): Answer => ({
  status,
  headers: { 'content-type': type },
  body,
});

const UNAVAILABLE = answer(503, 'text/html', '<html><body>Service Unavailable</body></html>');

/** Each protocol of AWS has its own way to say it. */
function throttled({ headers }: IncomingMessage): Answer {
  if (headers['x-amz-target'] !== undefined) {
    const error = { __type: 'ThrottlingException', message: 'Rate exceeded' };
    return answer(400, 'application/x-amz-json-1.1', JSON.stringify(error));
  }
  if (headers.authorization?.includes('/s3/')) {
    const error = '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>';
    return answer(503, 'application/xml', error);
  }
  const error = '<Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error>';
  return answer(400, 'text/xml', `<ErrorResponse>${error}</ErrorResponse>`);
}
