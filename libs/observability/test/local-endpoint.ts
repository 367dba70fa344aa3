import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type IIoHost, Toolkit } from '@aws-cdk/toolkit-lib';
import type { App } from 'aws-cdk-lib';

const WORKSPACE = join(__dirname, '..', '..', '..');
const TSX = join(WORKSPACE, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const CLI = join(WORKSPACE, 'tools', 'local-aws', 'src', 'cli.ts');
export const LOCAL_ENV = { account: '123456789012', region: 'eu-west-1' };

/** A local AWS endpoint of its own, on a free port. Used through its command line: a library depends on no tool. */
export class LocalEndpoint {
  private readonly home = mkdtempSync(join(tmpdir(), 'forwarding-'));
  private readonly environmentBefore = { ...process.env };
  private port = 0;

  public async start(): Promise<void> {
    this.port = await freePort();
    await this.run('start');
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: this.url,
      AWS_REGION: LOCAL_ENV.region,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      CDK_HOME: join(this.home, 'cdk'),
    });
  }

  public async stop(): Promise<void> {
    process.env = this.environmentBefore;
    await this.run('stop');
    rmSync(this.home, { recursive: true, force: true });
  }

  /** @returns the outputs of the app's one stack. */
  public async deploy(app: App): Promise<Record<string, string>> {
    const messages: string[] = [];
    const ioHost: IIoHost = {
      notify: async ({ message }) => void messages.push(message),
      requestResponse: async ({ defaultResponse }) => defaultResponse,
    };
    const toolkit = new Toolkit({ ioHost, color: false, emojis: false });
    const assembly = await toolkit.fromAssemblyBuilder(async () => app.synth());
    try {
      const { stacks } = await toolkit.deploy(assembly);
      return stacks[0]!.outputs;
    } catch (error) {
      throw new Error(messages.slice(-20).join('\n'), { cause: error });
    }
  }

  /** Calls an action with the JSON protocol, e.g. `Logs_20140328.PutLogEvents`. */
  public async call<T>(target: string, request: object): Promise<T> {
    return this.post('/', { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' }, request);
  }

  /** Invokes a function as services do that do not wait for it. */
  public async invokeAsynchronously(functionName: string, event: object): Promise<void> {
    await this.post(`/2015-03-31/functions/${functionName}/invocations`, { 'x-amz-invocation-type': 'Event' }, event);
  }

  private get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private async post<T>(path: string, headers: Record<string, string>, body: object): Promise<T> {
    const service = path === '/' ? 'any' : 'lambda';
    const credential = `test/20260101/${LOCAL_ENV.region}/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=none`;
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { ...headers, authorization },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`HTTP ${response.status} ${text}`);
    return JSON.parse(text || '{}') as T;
  }

  private async run(command: string): Promise<void> {
    const env = { ...this.environmentBefore, LOCAL_AWS_HOME: this.home, LOCAL_AWS_PORT: String(this.port) };
    await promisify(execFile)(process.execPath, [TSX, CLI, command], { cwd: WORKSPACE, env });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
