import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { LogForwarder } from '../src/index';
import { LOCAL_ENV, LocalEndpoint } from './local-endpoint';
import { LokiReceiver } from './loki-receiver';

/** Log event, subscription filter, the deployed function, and a receiver that takes what Loki takes. */
const endpoint = new LocalEndpoint();
const loki = new LokiReceiver();
let outputs: Record<string, string>;

beforeAll(async () => {
  await Promise.all([endpoint.start(), loki.start()]);
  outputs = await endpoint.deploy(appWithForwarder());
  await setCredentials('first');
}, 240_000);

afterAll(async () => {
  await Promise.all([endpoint.stop(), loki.stop()]);
}, 60_000);

afterEach(() => {
  loki.pushes.length = 0;
  loki.statuses.length = 0;
});

test('events arrive with their labels, in order of time, although Loki is overloaded and fails at first', async () => {
  loki.answers = [{ status: 503 }, { status: 429, retryAfter: '1' }];
  const now = Date.now();
  await write('api', 'api/1', [
    { timestamp: now, message: 'first' },
    { timestamp: now + 1, message: '{"level":"info","message":"second €"}' },
    { timestamp: now + 1, message: 'third' },
  ]);
  await until(() => loki.pushes.length > 0);
  const stream = { environment: 'local', service: 'api', log_group: '/forwarding/api' };
  const time = (ms: number, offset = 0) => String(BigInt(ms) * 1_000_000n + BigInt(offset));
  expect(loki.pushes).toEqual([
    {
      streams: [
        {
          stream,
          values: [
            [time(now), 'first'],
            [time(now + 1), '{"level":"info","message":"second €"}'],
            [time(now + 1, 1), 'third'],
          ],
        },
      ],
    },
  ]);
  expect(loki.statuses).toEqual([503, 429, 204]);
}, 60_000);

test('only what matches one of a service’s patterns is forwarded', async () => {
  const timestamp = Date.now();
  await write('worker', 'worker/1', [
    { timestamp, message: 'INFO job done' },
    { timestamp, message: 'ERROR job failed' },
    { timestamp, message: 'WARN job is slow' },
  ]);
  await until(() => loki.lines('worker').length >= 2);
  expect(loki.lines('worker').sort()).toEqual(['ERROR job failed', 'WARN job is slow']);
}, 60_000);

test('credentials that were changed are read again', async () => {
  await setCredentials('second');
  await write('api', 'api/2', [{ timestamp: Date.now(), message: 'with new credentials' }]);
  await until(() => loki.lines('api').length > 0);
  expect(loki.lines('api')).toEqual(['with new credentials']);
}, 60_000);

test('what Loki refuses is in the dead-letter queue in the end, as it came', async () => {
  loki.answers = Array(3).fill({ status: 400 });
  const batch = {
    messageType: 'DATA_MESSAGE',
    owner: LOCAL_ENV.account,
    logGroup: '/forwarding/api',
    logStream: 'api/3',
    logEvents: [{ id: '1', timestamp: Date.now(), message: 'refused' }],
  };
  // As CloudWatch Logs does in AWS; the local endpoint's subscription filters try once.
  await endpoint.invokeAsynchronously(outputs['FunctionName']!, {
    awslogs: { data: gzipSync(JSON.stringify(batch)).toString('base64') },
  });
  const kept = await until(receiveDeadLetter);
  expect(loki.statuses).toEqual([400, 400, 400]);
  expect(JSON.parse(gunzipSync(Buffer.from(kept.requestPayload.awslogs.data, 'base64')).toString())).toEqual(batch);
}, 60_000);

function appWithForwarder(): App {
  const app = new App();
  const stack = new Stack(app, 'Forwarding', { env: LOCAL_ENV });
  const group = (name: string) =>
    new logs.LogGroup(stack, `${name}Logs`, { logGroupName: `/forwarding/${name}`, retention: 1 });
  const credentialsSecret = new secretsmanager.Secret(stack, 'Credentials', { secretName: 'forwarding' });
  const forwarder = new LogForwarder(stack, 'LogForwarder', {
    logGroups: { api: group('api'), worker: group('worker') },
    serviceFilterPatterns: { worker: ['ERROR', 'WARN'] },
    lokiUrl: loki.url,
    credentialsSecret,
    labels: { environment: 'local' },
    protect: false,
  });
  new CfnOutput(stack, 'FunctionName', { value: forwarder.functionName });
  new CfnOutput(stack, 'DeadLetterQueueUrl', { value: forwarder.deadLetterQueueUrl });
  return app;
}

/** As the secret has them, and as Loki expects them. */
async function setCredentials(apiKey: string): Promise<void> {
  await endpoint.call('secretsmanager.PutSecretValue', {
    SecretId: 'forwarding',
    SecretString: JSON.stringify({ username: 'forwarder', apiKey }),
  });
  loki.account = `forwarder:${apiKey}`;
}

async function write(service: string, logStreamName: string, logEvents: { timestamp: number; message: string }[]) {
  const stream = { logGroupName: `/forwarding/${service}`, logStreamName };
  await endpoint.call('Logs_20140328.CreateLogStream', stream);
  await endpoint.call('Logs_20140328.PutLogEvents', { ...stream, logEvents });
}

async function receiveDeadLetter(): Promise<{ requestPayload: { awslogs: { data: string } } } | undefined> {
  const { Messages } = await endpoint.call<{ Messages?: { Body: string }[] }>('AmazonSQS.ReceiveMessage', {
    QueueUrl: outputs['DeadLetterQueueUrl'],
  });
  return Messages?.[0] && JSON.parse(Messages[0].Body);
}

/** Waits for something to be there, for half a minute at most. */
async function until<T>(find: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const found = await find();
    if (found) return found;
    await sleep(100);
  }
  throw new Error(`It did not come. Loki answered ${JSON.stringify(loki.statuses)}.`);
}
