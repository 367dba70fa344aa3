import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { decode, encode, RECURSION_AVAILABLE } from 'dns-packet';

/** What a name server says of a name: its NS records, or an error. */
export type NameServerAnswer = readonly string[] | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | 'nothing';

/** The codes of errors in a DNS header. */
const CODES = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;

/** A name server on a loopback port that answers questions for NS records by script. */
export class NameServer {
  /** Names that were asked for, in order. */
  public readonly questions: string[] = [];
  /** Answers by name; `NXDOMAIN` for all others. `nothing` does not answer at all. */
  public readonly answers = new Map<string, NameServerAnswer>();
  private readonly socket = createSocket('udp4');

  public static async start(): Promise<NameServer> {
    const server = new NameServer();
    await new Promise<void>((resolve) => server.socket.bind(0, '127.0.0.1', resolve));
    return server;
  }

  private constructor() {
    this.socket.on('message', (message, { address, port }) => {
      const reply = this.reply(message);
      if (reply) this.socket.send(reply, port, address);
    });
  }

  /** As NX_CDK_DNS_SERVERS wants it. */
  public get address(): string {
    return `127.0.0.1:${(this.socket.address() as AddressInfo).port}`;
  }

  public stop(): Promise<void> {
    return new Promise((resolve) => this.socket.close(() => resolve()));
  }

  private reply(message: Buffer): Buffer | undefined {
    const { id, questions = [] } = decode(message);
    const name = questions[0]?.name ?? '';
    this.questions.push(name);
    const answer = this.answers.get(name) ?? 'NXDOMAIN';
    if (answer === 'nothing') return undefined;
    const records = typeof answer === 'string' ? [] : answer;
    return encode({
      type: 'response',
      id,
      flags: RECURSION_AVAILABLE | (typeof answer === 'string' ? CODES[answer] : 0),
      questions,
      answers: records.map((data) => ({ type: 'NS', name, ttl: 60, data })),
    });
  }
}
