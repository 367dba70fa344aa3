import { createServer, type IncomingMessage, request as forward, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { iamActionOf } from './iam-action';

/** A call of an AWS API, as a policy sees it. */
export interface RecordedCall {
  /** `process`, or the role that was assumed. */
  readonly by: string;
  /** E.g. `ssm:GetParameter`. */
  readonly action: string;
  /** What the call says it is about: the name of a parameter, the ARN of a role; empty where that is not known. */
  readonly about: string;
}

/** Stands between the AWS SDK and a local endpoint, and writes down who called what. */
export class RecordingProxy {
  public readonly calls: RecordedCall[] = [];
  /** Roles by the access keys of their sessions. */
  private readonly roles = new Map<string, string>();
  private readonly server: Server;

  private constructor(private readonly endpointPort: number) {
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  /** @param endpointPort of the endpoint on this machine; it need not run yet. */
  public static async start(endpointPort: number): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(endpointPort);
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
    try {
      const body = await buffer(request);
      const { status, headers, content } = await this.pass(request, body);
      this.record(request, body.toString(), content.toString());
      response.writeHead(status, headers).end(content);
    } catch {
      // Whoever asked has gone, or the endpoint has.
      response.destroy();
    }
  }

  private pass({ method, url: path, headers }: IncomingMessage, body: Buffer) {
    return new Promise<{ status: number; headers: IncomingMessage['headers']; content: Buffer }>((resolve, reject) => {
      const onward = forward({ host: '127.0.0.1', port: this.endpointPort, method, path, headers }, (answer) => {
        const { statusCode: status = 502, headers: answered } = answer;
        buffer(answer).then((content) => resolve({ status, headers: answered, content }), reject);
      });
      onward.once('error', reject);
      onward.end(body);
    });
  }

  private record({ method = '', url = '', headers }: IncomingMessage, body: string, answer: string): void {
    const [, key = '', service = ''] =
      /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
    const target = headers['x-amz-target'];
    const form = new URLSearchParams(target === undefined ? body : '');
    const operation = String(target ?? form.get('Action') ?? '').replace(/^.*\./, '');
    const role = form.get('RoleArn') ?? '';
    this.calls.push({
      by: this.roles.get(key) ?? 'process',
      action: iamActionOf(service, operation, method, url),
      about: role || (/"Name":"([^"]+)"/.exec(target === undefined ? '' : body)?.[1] ?? ''),
    });
    const [, session] = /<AccessKeyId>([^<]+)</.exec(answer) ?? [];
    if (operation === 'AssumeRole' && session !== undefined) this.roles.set(session, role.replace(/^.*:role\//, ''));
  }
}
