import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { decode, encode } from 'dns-packet';

/** The code of "there is no such name" in a DNS header. */
const NXDOMAIN = 3;

/** A name server on a loopback port that knows the name servers of delegated zones, and nothing else. */
export class NameServer {
  /** Name servers by zone. */
  public readonly delegated = new Map<string, readonly string[]>();
  private readonly socket = createSocket('udp4');

  public static async start(): Promise<NameServer> {
    const server = new NameServer();
    await new Promise<void>((resolve) => server.socket.bind(0, '127.0.0.1', resolve));
    return server;
  }

  private constructor() {
    this.socket.on('message', (message, { address, port }) => this.socket.send(this.answer(message), port, address));
  }

  /** As `NX_CDK_DNS_SERVERS` names it. */
  public get address(): string {
    return `127.0.0.1:${(this.socket.address() as AddressInfo).port}`;
  }

  public stop(): Promise<void> {
    return new Promise((resolve) => this.socket.close(() => resolve()));
  }

  private answer(message: Buffer): Buffer {
    const { id, questions = [] } = decode(message);
    const name = questions[0]?.name ?? '';
    const servers = this.delegated.get(name);
    return encode({
      type: 'response',
      id,
      flags: servers ? 0 : NXDOMAIN,
      questions,
      answers: (servers ?? []).map((data) => ({ type: 'NS', name, data })),
    });
  }
}
