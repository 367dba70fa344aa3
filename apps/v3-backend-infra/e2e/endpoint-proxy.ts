import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as forward,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What is answered to a request. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | string;
}

/** Stands between the AWS SDK and a local endpoint. */
export abstract class EndpointProxy {
  private readonly server: Server;

  /** @param endpointPort of the endpoint on this machine; it need not run yet. */
  constructor(private readonly endpointPort: number) {
    this.server = createServer(async (request, response) => {
      try {
        const { status, headers, body } = await this.answer(request, await buffer(request));
        response.writeHead(status, headers).end(body);
      } catch {
        // Whoever asked has gone, or the endpoint has.
        response.destroy();
      }
    });
  }

  /** From now on, answers at its URL. */
  public async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** What to answer; the connection ends without an answer if it is rejected. */
  protected abstract answer(request: IncomingMessage, body: Buffer): Promise<Answer>;

  /** What the endpoint answers. */
  protected pass({ method, url: path, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const onward = forward({ host: '127.0.0.1', port: this.endpointPort, method, path, headers }, (answer) => {
        const { statusCode: status = 502, headers: answered } = answer;
        buffer(answer).then((content) => resolve({ status, headers: answered, body: content }), reject);
      });
      onward.once('error', reject);
      onward.end(body);
    });
  }
}
