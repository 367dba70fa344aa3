import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const CREDENTIALS = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:db-AbCdEf';
const DATABASE_URL = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:url-AbCdEf';

/** What the function sees as Secrets Manager: values by ARN, and the requests that it answered. */
const secrets = new Map<string, string>();
const requests: string[] = [];
let server: Server;

type Handler = () => Promise<{ secretArn: string; changed: boolean }>;
let handler: Handler;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const action = String(request.headers['x-amz-target']).split('.').pop()!;
      const { SecretId, SecretString } = JSON.parse(Buffer.concat(chunks).toString());
      requests.push(`${action} ${SecretId}`);
      if (action === 'PutSecretValue') secrets.set(SecretId, SecretString);
      const value = secrets.get(SecretId);
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ ARN: SecretId, ...(value !== undefined && { SecretString: value }) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    CREDENTIALS_SECRET_ARN: CREDENTIALS,
    DATABASE_URL_SECRET_ARN: DATABASE_URL,
    DATABASE_ADDRESS: 'db.example.com:5432/shop?sslmode=require',
  });
  ({ handler } = jest.requireActual<{ handler: Handler }>('./database-url-refresher'));
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

beforeEach(() => {
  secrets.clear();
  secrets.set(CREDENTIALS, JSON.stringify({ username: 'postgres', password: 'new' }));
  secrets.set(DATABASE_URL, 'postgresql://postgres:old@db.example.com:5432/shop?sslmode=require');
  requests.length = 0;
});

test('writes the URL with the credentials of now, and says that it changed, but not to what', async () => {
  const result = await handler();
  expect(secrets.get(DATABASE_URL)).toBe('postgresql://postgres:new@db.example.com:5432/shop?sslmode=require');
  expect(result).toEqual({ secretArn: DATABASE_URL, changed: true });
});

test('leaves a URL alone that has them already, so that nothing is deployed for nothing', async () => {
  await handler();
  requests.length = 0;
  expect(await handler()).toEqual({ secretArn: DATABASE_URL, changed: false });
  expect(requests).toEqual([`GetSecretValue ${CREDENTIALS}`, `GetSecretValue ${DATABASE_URL}`]);
});

test('escapes what a URL cannot have, whoever chose the password', async () => {
  secrets.set(CREDENTIALS, JSON.stringify({ username: 'shop@eu', password: 'a/b%c' }));
  await handler();
  expect(secrets.get(DATABASE_URL)).toContain('postgresql://shop%40eu:a%2Fb%25c@db.example.com');
});

test('fails, to be tried again, where a secret has no text or a setting is missing', async () => {
  secrets.delete(CREDENTIALS);
  await expect(handler()).rejects.toThrow(/secret:db-AbCdEf has no text/);
  const address = process.env['DATABASE_ADDRESS'];
  delete process.env['DATABASE_ADDRESS'];
  secrets.set(CREDENTIALS, JSON.stringify({ username: 'postgres', password: 'new' }));
  await expect(handler()).rejects.toThrow(/DATABASE_ADDRESS is not set/);
  process.env['DATABASE_ADDRESS'] = address;
});
