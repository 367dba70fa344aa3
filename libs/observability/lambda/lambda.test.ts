import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { LokiReceiver } from '../test/loki-receiver';
import { createHandler } from './handler';
import { readSettings, type Settings } from './settings';

/** A real HTTP server that answers every request as Secrets Manager does to `GetSecretValue`. */
class SecretsServer {
  public secret = '{"username":"12345","apiKey":"first"}';
  /** What it becomes once it has been read. */
  public changed: string | undefined;
  public reads = 0;
  private readonly server = createServer((_request, response) => {
    this.reads++;
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ SecretString: this.secret }));
    this.secret = this.changed ?? this.secret;
  });

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

let loki: LokiReceiver;
let secretsServer: SecretsServer;
let delays: number[];

beforeEach(async () => {
  loki = new LokiReceiver();
  secretsServer = new SecretsServer();
  await Promise.all([loki.start(), secretsServer.start()]);
  delays = [];
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all([loki.stop(), secretsServer.stop()]);
});

type LogLine = readonly [timestamp: number, message: string];

function invoke(
  lines: readonly LogLine[],
  options: { settings?: Partial<Settings>; remainingMs?: number; type?: string; logGroup?: string } = {},
) {
  const settings: Settings = {
    lokiUrl: loki.url,
    credentialsSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:grafana-AbCdEf',
    labels: { environment: 'local' },
    eventLabels: ['log_group'],
    logGroups: { api: '/logs/api' },
    maxRequestBytes: 1024 ** 2,
    maxLineBytes: 256 * 1024,
    ownLogGroup: '/aws/lambda/forwarder',
    ...options.settings,
  };
  const secrets = new SecretsManagerClient({
    endpoint: secretsServer.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const sleep = async (ms: number) => void delays.push(ms);
  const handler = createHandler(settings, { secrets, sleep, random: () => 1 });
  const data = {
    messageType: options.type ?? 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: options.logGroup ?? '/logs/api',
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
  expect(loki.pushes).toEqual([
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
  expect(loki.statuses).toEqual([204]);
});

test('only the properties on the list become labels, and an unknown group is said to be', async () => {
  await invoke([[1, 'a']], { settings: { eventLabels: ['owner', 'log_stream'], logGroups: {} } });
  expect(loki.pushes[0]!.streams[0]!.stream).toEqual({
    environment: 'local',
    service: 'unknown',
    owner: '123456789012',
    log_stream: 'api/api/1',
  });
});

test('control messages are not forwarded', async () => {
  await invoke([[1, 'CWL CONTROL MESSAGE']], { type: 'CONTROL_MESSAGE' });
  expect(loki.statuses).toEqual([]);
});

test('its own logs are neither forwarded nor spoken of, should somebody subscribe to them: that would be a loop', async () => {
  await invoke([[1, 'forwarded']], { logGroup: '/aws/lambda/forwarder' });
  expect(loki.statuses).toEqual([]);
  expect(console.log).not.toHaveBeenCalled();
});

test('much is split into requests of 1 MiB at most, in order, and nothing is lost', async () => {
  const lines = Array.from({ length: 30 }, (_, index): LogLine => [index, `${index} ${'x'.repeat(100_000)}`]);
  await invoke(lines);
  expect(loki.pushes.length).toBeGreaterThan(2);
  for (const push of loki.pushes) expect(Buffer.byteLength(JSON.stringify(push))).toBeLessThanOrEqual(1024 ** 2);
  const received = loki.pushes.flatMap(({ streams }) => streams[0]!.values.map(([, line]) => line));
  expect(received).toEqual(lines.map(([, line]) => line));
});

test('a line longer than Loki accepts is cut between characters, and says so', async () => {
  await invoke([[1, '€'.repeat(100_000)]]);
  const [, line] = loki.pushes[0]!.streams[0]!.values[0]!;
  expect(Buffer.byteLength(line)).toBeLessThanOrEqual(256 * 1024);
  expect(line).toMatch(/^€+ …\[truncated\]$/);
});

describe('retries', () => {
  test('429 and 5xx are tried again with growing delays, and no less than the receiver asks for', async () => {
    loki.answers = [{ status: 503 }, { status: 500 }, { status: 429, retryAfter: '7' }];
    await invoke([[1, 'a']]);
    expect(delays).toEqual([500, 1000, 7000]);
    expect(loki.pushes).toHaveLength(1);
  });

  test('after 6 attempts the invocation fails, so that the event is not lost', async () => {
    loki.answers = Array(6).fill({ status: 503 });
    await expect(invoke([[1, 'a']])).rejects.toThrow('after 6 attempt(s): HTTP 503 the reason');
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000]);
  });

  test('no delay is begun that the function would not survive', async () => {
    loki.answers = [{ status: 429, retryAfter: '30' }];
    await expect(invoke([[1, 'a']], { remainingMs: 20_000 })).rejects.toThrow('after 1 attempt(s): HTTP 429');
    expect(delays).toEqual([]);
  });

  test('a receiver that cannot be reached is tried again', async () => {
    const settings = { lokiUrl: 'http://127.0.0.1:1/push' };
    await expect(invoke([[1, 'a']], { settings })).rejects.toThrow(/after 6 attempt\(s\): fetch failed/);
  });

  test('what is refused is not tried again', async () => {
    loki.answers = [{ status: 400 }];
    await expect(invoke([[1, 'a']])).rejects.toThrow('after 1 attempt(s): HTTP 400 the reason');
  });
});

describe('credentials', () => {
  test('are read once', async () => {
    await invoke(Array.from({ length: 30 }, (_, index): LogLine => [index, 'x'.repeat(100_000)]));
    expect(secretsServer.reads).toBe(1);
  });

  test('that are refused are read anew, once', async () => {
    loki.account = '12345:second';
    secretsServer.changed = '{"username":"12345","apiKey":"second"}';
    await invoke([[1, 'a']]);
    expect(loki.statuses).toEqual([401, 204]);
    expect(secretsServer.reads).toBe(2);
    loki.answers = [{ status: 401 }, { status: 401 }];
    await expect(invoke([[1, 'a']])).rejects.toThrow('HTTP 401');
  });

  test.each(['{"username":"x"}', 'no json, s3cret', 'null'])(
    'that are malformed (%s) are not quoted',
    async (secret) => {
      secretsServer.secret = secret;
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
    'lacks CREDENTIALS_SECRET_ARN, EVENT_LABELS, LOG_GROUPS, MAX_REQUEST_BYTES, MAX_LINE_BYTES',
  );
  const settings = readSettings({
    LOKI_URL: 'x',
    CREDENTIALS_SECRET_ARN: 'y',
    LABELS: '{"a":"b"}',
    EVENT_LABELS: '[]',
    LOG_GROUPS: '{}',
    MAX_REQUEST_BYTES: '1000',
    MAX_LINE_BYTES: '100',
    AWS_LAMBDA_LOG_GROUP_NAME: 'own',
  });
  expect(settings).toMatchObject({ labels: { a: 'b' }, maxRequestBytes: 1000, maxLineBytes: 100, ownLogGroup: 'own' });
});
