import { createServer, get as httpGet, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Endpoint } from './endpoint';
import { WorkspaceCopy } from './workspace-copy';

/**
 * What was deployed is used, as far as the local endpoint does more than record it. It knows no addresses of clients, so
 * that who may reach the worker's paths is not among it.
 */
describe('the deployed local environment, in use', () => {
  let workspace: WorkspaceCopy;
  let endpoint: Endpoint;
  let published: Record<string, string>;
  let api: Server;

  const url = () => `http://127.0.0.1:${workspace.port}`;
  const value = (path: string) => published[`/v3-backend/local/${path}`]!;

  /** Calls a service that has no client in this workspace by AWS's own protocol. */
  const call = (service: string, headers: Record<string, string>, body: string) =>
    fetch(url(), {
      method: 'POST',
      body,
      headers: {
        ...headers,
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=none`,
      },
    });

  const sqs = async (
    action: string,
    input: object,
  ): Promise<{ Messages?: { Body: string; ReceiptHandle: string }[] }> => {
    const headers = { 'x-amz-target': `AmazonSQS.${action}`, 'content-type': 'application/x-amz-json-1.0' };
    const response = await call('sqs', headers, JSON.stringify(input));
    expect(response.status).toBe(200);
    const text = await response.text();
    return text === '' ? {} : JSON.parse(text);
  };

  /** A request as a client would make it; the port says which listener is meant. */
  const request = (path: string, port: 80 | 443) => {
    const name = value('alb/albFullName').split('/')[1];
    const headers = { host: `api.v3-backend.example.com:${port}` };
    return get(`${url()}/_alb/${name}${path}`, headers);
  };

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    endpoint = new Endpoint(workspace.port);
    const deployed = await workspace.nx(['run', 'v3-backend-infra:deploy', '--configuration=local']);
    expect(deployed).toMatchObject({ status: 0 });
    published = await endpoint.parameters();
    api = createServer((incoming, response) => response.end(`served ${incoming.url}`));
    await new Promise<void>((resolve) => void api.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    await new Promise((resolve) => void api?.close(resolve));
    await workspace?.dispose();
  });

  test('plain HTTP is redirected to HTTPS, whatever the path', async () => {
    for (const path of ['/orders?page=2', '/worker/status']) {
      expect(await request(path, 80)).toMatchObject({
        status: 301,
        location: `https://api.v3-backend.example.com:443${path}`,
      });
    }
  });

  test('without a task there is nobody to answer; with one, the API’s paths reach it', async () => {
    expect(await request('/orders', 443)).toMatchObject({ status: 503 });
    const { port } = api.address() as AddressInfo;
    const registration = new URLSearchParams({
      Action: 'RegisterTargets',
      Version: '2015-12-01',
      TargetGroupArn: value('alb/apiTargetGroupArn'),
      'Targets.member.1.Id': '127.0.0.1',
      'Targets.member.1.Port': String(port),
    });
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await call('elasticloadbalancing', type, registration.toString())).status).toBe(200);
    expect(await request('/orders', 443)).toMatchObject({ status: 200, body: 'served /orders' });
    expect(await request('/worker/status', 443)).toMatchObject({ status: 503 });
  });

  test('a message is received once, and gone when it is deleted', async () => {
    const QueueUrl = value('sqs/notificationQueueUrl');
    await sqs('SendMessage', { QueueUrl, MessageBody: 'ready' });
    const { Messages: [message] = [] } = await sqs('ReceiveMessage', { QueueUrl });
    expect(message!.Body).toBe('ready');
    expect(await sqs('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 0 })).not.toHaveProperty('Messages.0');
    await sqs('DeleteMessage', { QueueUrl, ReceiptHandle: message!.ReceiptHandle });
  });

  test('a job that fails again and again ends among the dead letters', async () => {
    const QueueUrl = value('sqs/backgroundJobQueueUrl');
    await sqs('SendMessage', { QueueUrl, MessageBody: 'poison' });
    const again = { QueueUrl, VisibilityTimeout: 0, WaitTimeSeconds: 0 };
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(await sqs('ReceiveMessage', again)).toMatchObject({ Messages: [{ Body: 'poison' }] });
    }
    expect(await sqs('ReceiveMessage', again)).not.toHaveProperty('Messages.0');
    const deadLetters = { QueueUrl: value('sqs/backgroundJobDeadLetterQueueUrl'), WaitTimeSeconds: 0 };
    expect(await sqs('ReceiveMessage', deadLetters)).toMatchObject({ Messages: [{ Body: 'poison' }] });
  });

  test('buckets that are in use are emptied and deleted with the environment', async () => {
    const s3 = new S3Client({
      endpoint: url(),
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      forcePathStyle: true,
    });
    for (const bucket of ['assetsBucketName', 'backupsBucketName', 'logsBucketName']) {
      for (const Body of ['first', 'second']) {
        await s3.send(new PutObjectCommand({ Bucket: value(`s3/${bucket}`), Key: 'a/file', Body }));
      }
    }
    const destroyed = await workspace.nx([
      'run',
      'v3-backend-infra:destroy',
      '--configuration=local',
      '--confirm=local',
    ]);
    expect(destroyed).toMatchObject({ status: 0 });
    expect(await endpoint.networksAndBuckets()).toEqual([]);
  });
});

/** A GET request whose `host` header may be another one than that of the URL, which `fetch` does not allow. */
function get(
  url: string,
  headers: Record<string, string>,
): Promise<{ status?: number; location?: string; body: string }> {
  return new Promise((resolve, reject) => {
    httpGet(url, { headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode, location: response.headers.location, body }));
    }).on('error', reject);
  });
}
