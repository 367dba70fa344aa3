import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createHandler } from './handler';
import type { PushRequest } from './loki-streams';
import { readSettings, type Settings } from './settings';

/** A real HTTP server that is Loki under `/push` and Secrets Manager everywhere else. */
class Receiver {
  public readonly pushes: PushRequest[] = [];
  public readonly headers: IncomingHttpHeaders[] = [];
  /** Answers to the next pushes; afterwards, all are accepted. */
  public answers: { status: number; retryAfter?: string }[] = [];
  public secret = '{"username":"12345","apiKey":"first"}';
  public secretReads = 0;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.url !== '/push') {
          this.secretReads++;
          response.setHeader('content-type', 'application/x-amz-json-1.1');
          response.end(JSON.stringify({ SecretString: this.secret }));
          return;
        }
        const { status, retryAfter } = this.answers.shift() ?? { status: 204 };
        this.headers.push(request.headers);
        if (status === 204) this.pushes.push(JSON.parse(gunzipSync(Buffer.concat(chunks)).toString()));
        if (retryAfter) response.setHeader('retry-after', retryAfter);
        response.writeHead(status).end(status === 204 ? undefined : 'the reason');
      });
    });
  }

  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

let receiver: Receiver;
let url: string;
let delays: number[];

beforeEach(async () => {
  receiver = new Receiver();
  url = await receiver.start();
  delays = [];
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await receiver.stop();
});

type LogLine = readonly [timestamp: number, message: string];

function invoke(
  lines: readonly LogLine[],
  options: { settings?: Partial<Settings>; remainingMs?: number; type?: string } = {},
) {
  const settings: Settings = {
    lokiUrl: `${url}/push`,
    credentialsSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:grafana-AbCdEf',
    labels: { environment: 'local' },
    eventLabels: ['log_group'],
    logGroups: { api: '/logs/api' },
    ...options.settings,
  };
  const secrets = new SecretsManagerClient({
    endpoint: url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const sleep = async (ms: number) => void delays.push(ms);
  const handler = createHandler(settings, { secrets, sleep, random: () => 1 });
  const data = {
    messageType: options.type ?? 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: '/logs/api',
    logStream: 'api/api/1',
    logEvents: lines.map(([timestamp, message], id) => ({ id: String(id), timestamp, message })),
  };
  return handler(
    { awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } },
    { getRemainingTimeInMillis: () => options.remainingMs ?? 60_000 },
  );
}

test('events are pushed as one gzipped stream, oldest first, those of one millisecond in their order', async () => {
  await invoke([
    [2, 'third\n'],
    [1, 'first'],
    [1, 'second'],
  ]);
  expect(receiver.pushes).toEqual([
    {
      streams: [
        {
          stream: { environment: 'local', service: 'api', log_group: '/logs/api' },
          values: [
            ['1000000', 'first'],
            ['1000001', 'second'],
            ['2000000', 'third'],
          ],
        },
      ],
    },
  ]);
  expect(receiver.headers[0]).toMatchObject({
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    authorization: `Basic ${Buffer.from('12345:first').toString('base64')}`,
  });
});

test('only the properties on the list become labels, and an unknown group is said to be', async () => {
  await invoke([[1, 'a']], { settings: { eventLabels: ['owner', 'log_stream'], logGroups: {} } });
  expect(receiver.pushes[0]!.streams[0]!.stream).toEqual({
    environment: 'local',
    service: 'unknown',
    owner: '123456789012',
    log_stream: 'api/api/1',
  });
});

test('control messages are not forwarded', async () => {
  await invoke([[1, 'CWL CONTROL MESSAGE']], { type: 'CONTROL_MESSAGE' });
  expect(receiver.headers).toEqual([]);
});

test('much is split into requests of 1 MiB at most, in order, and nothing is lost', async () => {
  const lines = Array.from({ length: 30 }, (_, index): LogLine => [index, `${index} ${'x'.repeat(100_000)}`]);
  await invoke(lines);
  expect(receiver.pushes.length).toBeGreaterThan(2);
  for (const push of receiver.pushes) expect(Buffer.byteLength(JSON.stringify(push))).toBeLessThan(1.01 * 1024 ** 2);
  const received = receiver.pushes.flatMap(({ streams }) => streams[0]!.values.map(([, line]) => line));
  expect(received).toEqual(lines.map(([, line]) => line));
});

test('a line longer than Loki accepts is cut between characters, and says so', async () => {
  await invoke([[1, '€'.repeat(100_000)]]);
  const [, line] = receiver.pushes[0]!.streams[0]!.values[0]!;
  expect(Buffer.byteLength(line)).toBeLessThanOrEqual(256 * 1024);
  expect(line).toMatch(/^€+ …\[truncated\]$/);
});

describe('retries', () => {
  test('429 and 5xx are tried again with growing delays, and no less than the receiver asks for', async () => {
    receiver.answers = [{ status: 503 }, { status: 500 }, { status: 429, retryAfter: '7' }];
    await invoke([[1, 'a']]);
    expect(delays).toEqual([500, 1000, 7000]);
    expect(receiver.pushes).toHaveLength(1);
  });

  test('after 6 attempts the invocation fails, so that the event is not lost', async () => {
    receiver.answers = Array(6).fill({ status: 503 });
    await expect(invoke([[1, 'a']])).rejects.toThrow('after 6 attempt(s): HTTP 503 the reason');
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000]);
  });

  test('no delay is begun that the function would not survive', async () => {
    receiver.answers = [{ status: 429, retryAfter: '30' }];
    await expect(invoke([[1, 'a']], { remainingMs: 20_000 })).rejects.toThrow('after 1 attempt(s): HTTP 429');
    expect(delays).toEqual([]);
  });

  test('a receiver that cannot be reached is tried again', async () => {
    const settings = { lokiUrl: 'http://127.0.0.1:1/push' };
    await expect(invoke([[1, 'a']], { settings })).rejects.toThrow(/after 6 attempt\(s\): fetch failed/);
  });

  test('what is refused is not tried again', async () => {
    receiver.answers = [{ status: 400 }];
    await expect(invoke([[1, 'a']])).rejects.toThrow('after 1 attempt(s): HTTP 400 the reason');
  });
});

describe('credentials', () => {
  test('are read once', async () => {
    await invoke(Array.from({ length: 30 }, (_, index): LogLine => [index, 'x'.repeat(100_000)]));
    expect(receiver.secretReads).toBe(1);
  });

  test('that are refused are read anew, once', async () => {
    receiver.answers = [{ status: 401 }];
    await invoke([[1, 'a']]);
    expect(receiver.secretReads).toBe(2);
    receiver.answers = [{ status: 401 }, { status: 401 }];
    await expect(invoke([[1, 'a']])).rejects.toThrow('HTTP 401');
  });

  test.each(['{"username":"x"}', 'no json, s3cret', 'null'])(
    'that are malformed (%s) are not quoted',
    async (secret) => {
      receiver.secret = secret;
      const failure = await invoke([[1, 'a']]).catch((error: Error) => error.message);
      expect(failure).toMatch(/must be JSON with the strings "username" and "apiKey"/);
      expect(failure).not.toContain('s3cret');
    },
  );
});

test('an event of something else is refused', async () => {
  const handler = createHandler({} as Settings, {
    secrets: {} as SecretsManagerClient,
    sleep: async () => {},
    random: () => 1,
  });
  await expect(handler({} as never, { getRemainingTimeInMillis: () => 1 })).rejects.toThrow(/no awslogs\.data/);
});

test('settings that are missing are all named', () => {
  expect(() => readSettings({ LOKI_URL: 'x', LABELS: '{}' })).toThrow(
    'lacks CREDENTIALS_SECRET_ARN, EVENT_LABELS, LOG_GROUPS',
  );
  const env = { LOKI_URL: 'x', CREDENTIALS_SECRET_ARN: 'y', LABELS: '{"a":"b"}', EVENT_LABELS: '[]', LOG_GROUPS: '{}' };
  expect(readSettings(env).labels).toEqual({ a: 'b' });
});
