import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface Push {
  readonly streams: { readonly stream: Record<string, string>; readonly values: [string, string][] }[];
}

/** Loki's defaults: https://grafana.com/docs/loki/latest/configure/#limits_config */
const MAX_LABELS = 15;
const MAX_LABEL_NAME_LENGTH = 1024;
const MAX_LABEL_VALUE_LENGTH = 2048;
const MAX_LINE_BYTES = 256 * 1024;
const MAX_REQUEST_BYTES = 4 * 1024 ** 2;
const PATH = '/loki/api/v1/push';

/**
 * A real HTTP server that accepts what Loki's push API accepts, and answers anything else as Loki does.
 * https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs
 */
export class LokiReceiver {
  /** What was accepted. */
  public readonly pushes: Push[] = [];
  /** Every answer, in order. */
  public readonly statuses: number[] = [];
  /** Answers to the next requests; afterwards, what is valid is accepted. */
  public answers: { status: number; retryAfter?: string }[] = [];
  /** `username:apiKey` of who may push. */
  public account = '12345:first';
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { status, retryAfter, reason } = this.answer(request, Buffer.concat(chunks));
        this.statuses.push(status);
        if (retryAfter) response.setHeader('retry-after', retryAfter);
        response.writeHead(status).end(status === 204 ? undefined : reason);
      });
    });
  }

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${PATH}`;
  }

  /** The lines that were accepted, by service, in the order in which they came. */
  public lines(service: string): string[] {
    const streams = this.pushes.flatMap((push) => push.streams).filter(({ stream }) => stream['service'] === service);
    return streams.flatMap(({ values }) => values.map(([, line]) => line));
  }

  private answer(request: IncomingMessage, body: Buffer): { status: number; retryAfter?: string; reason: string } {
    const scripted = this.answers.shift();
    if (scripted) return { ...scripted, reason: 'the reason' };
    if (request.headers.authorization !== `Basic ${Buffer.from(this.account).toString('base64')}`) {
      return { status: 401, reason: 'authentication error: invalid token' };
    }
    try {
      this.pushes.push(parse(request, body));
      return { status: 204, reason: '' };
    } catch (error) {
      return { status: 400, reason: (error as Error).message };
    }
  }
}

function parse({ method, url, headers }: IncomingMessage, body: Buffer): Push {
  check(method === 'POST' && url === PATH, `${method} ${url} is not the push API`);
  check(headers['content-type'] === 'application/json', `content type ${headers['content-type']} is not JSON`);
  check(headers['content-encoding'] === 'gzip', `content encoding ${headers['content-encoding']} is not gzip`);
  const text = gunzipSync(body);
  check(text.length <= MAX_REQUEST_BYTES, `the request has ${text.length} bytes`);
  const push = JSON.parse(text.toString('utf8')) as Push;
  check(Object.keys(push).join() === 'streams' && push.streams.length > 0, 'the body is not { streams: [...] }');
  push.streams.forEach(checkStream);
  return push;
}

function checkStream({ stream, values, ...others }: Push['streams'][number]): void {
  check(Object.keys(others).length === 0, `a stream has unknown fields: ${Object.keys(others).join()}`);
  const labels = Object.entries(stream);
  check(labels.length > 0, 'a stream has no labels');
  check(labels.length <= MAX_LABELS, `a stream has ${labels.length} labels`);
  for (const [name, value] of labels) {
    check(/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) && name.length <= MAX_LABEL_NAME_LENGTH, `the label name ${name}`);
    check(typeof value === 'string' && value.length <= MAX_LABEL_VALUE_LENGTH, `the value of the label ${name}`);
  }
  check(values.length > 0, 'a stream has no values');
  for (const value of values) {
    const [time, line] = value;
    check(value.length === 2 && typeof line === 'string', 'a value is not [time, line]');
    check(typeof time === 'string' && /^\d+$/.test(time), `the time ${time} is not a string of nanoseconds`);
    check(Buffer.byteLength(line) <= MAX_LINE_BYTES, `a line has ${Buffer.byteLength(line)} bytes`);
  }
}

function check(holds: boolean, problem: string): void {
  if (!holds) throw new Error(problem);
}
