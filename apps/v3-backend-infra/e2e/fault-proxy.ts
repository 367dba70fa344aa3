import { createServer, type IncomingMessage, request as forward, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What goes wrong with a request before it reaches the endpoint. */
export type Fault = 'throttled' | 'reset' | 'unavailable';

/** Asked for every request, repeated ones included: what is to go wrong with it, if anything, and when it may go on. */
export type FaultScript = (request: IncomingMessage, body: Buffer) => Fault | undefined | Promise<Fault | undefined>;

/** Stands between the AWS SDK and a local endpoint, and makes requests fail. */
export class FaultProxy {
  /** How many requests of which kind failed. */
  public readonly faults: Record<Fault, number> = { throttled: 0, reset: 0, unavailable: 0 };
  private readonly server: Server;

  private constructor(
    private readonly endpointPort: number,
    private readonly script: FaultScript,
  ) {
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  /** @param endpointPort of the endpoint on this machine; it need not run yet. */
  public static async start(endpointPort: number, script: FaultScript): Promise<FaultProxy> {
    const proxy = new FaultProxy(endpointPort, script);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const fault = await this.script(request, body);
    if (fault === undefined) return this.pass(request, body, response);
    this.faults[fault] += 1;
    if (fault === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const answer = fault === 'throttled' ? throttled(request) : UNAVAILABLE;
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  }

  private pass({ method, url: path, headers }: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const onward = forward({ host: '127.0.0.1', port: this.endpointPort, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    onward.end(body);
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

const UNAVAILABLE = { status: 503, type: 'text/html', body: '<html><body>Service Unavailable</body></html>' };

/** Each protocol of AWS has its own way to say it. */
function throttled({ headers }: IncomingMessage) {
  if (headers['x-amz-target'] !== undefined) {
    const body = JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' });
    return { status: 400, type: 'application/x-amz-json-1.1', body };
  }
  if (headers.authorization?.includes('/s3/')) {
    const body = '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>';
    return { status: 503, type: 'application/xml', body };
  }
  const error = '<Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error>';
  return { status: 400, type: 'text/xml', body: `<ErrorResponse>${error}</ErrorResponse>` };
}
