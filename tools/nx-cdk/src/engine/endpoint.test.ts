import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useEndpoint } from './endpoint';

const environment = { ...process.env };
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-cdk-endpoint-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
  process.env = { ...environment };
});

/** Each script is a module of its own: Node loads a module once. */
const use = (script: string) => {
  const file = `./endpoint-${script.length}.js`;
  writeFileSync(join(root, file), script);
  return useEndpoint(file, root, () => undefined);
};

test('the process talks to the endpoint alone: no other credentials and endpoints are left', async () => {
  Object.assign(process.env, {
    AWS_PROFILE: 'work',
    AWS_SESSION_TOKEN: 'secret',
    AWS_ENDPOINT_URL_S3: 'https://elsewhere',
  });
  await use(
    `exports.startLocalAws = async () => ({ url: 'u', env: { AWS_ENDPOINT_URL: 'u', AWS_ACCESS_KEY_ID: 'test' } })`,
  );
  expect(process.env).toMatchObject({ AWS_ENDPOINT_URL: 'u', AWS_ACCESS_KEY_ID: 'test' });
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL_S3'])
    expect(process.env).not.toHaveProperty(name);
});

test('a module that would leave the process with the real AWS is refused', async () => {
  await expect(use(`exports.startLocalAws = async () => ({ url: 'u', env: {} })`)).rejects.toThrow(
    'no AWS_ENDPOINT_URL',
  );
  await expect(use(`exports.start = 1`)).rejects.toThrow('does not export a function startLocalAws');
});
