import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an operation answers: a body, or an error with its status. */
export type Answer = { readonly body: object } | { readonly error: string; readonly message?: string };

export interface Call {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/**
 * An HTTP server that speaks ECS's protocol and, for `DescribeStacks`, CloudFormation's. Answers are scripted for each
 * operation, one for each call; the last one is repeated.
 */
export class ScriptedEcs {
  public readonly calls: Call[] = [];
  public stackStatus = 'UPDATE_IN_PROGRESS';
  private readonly answers = new Map<string, Answer[]>();
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const target = request.headers['x-amz-target'];
        if (!target) {
          this.calls.push({ operation: new URLSearchParams(body).get('Action')!, input: {} });
          response.setHeader('content-type', 'text/xml').end(stackDescription(this.stackStatus));
          return;
        }
        const operation = String(target).split('.')[1]!;
        this.calls.push({ operation, input: JSON.parse(body) });
        const answer = this.next(operation);
        const failed = 'error' in answer;
        response.writeHead(failed ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(failed ? { __type: answer.error, message: answer.message } : answer.body));
      });
    });
  }

  /** Scripts what the next calls of an operation are answered. */
  public script(operation: string, ...answers: Answer[]): void {
    this.answers.set(operation, answers);
  }

  /** What the calls of an operation were given. */
  public inputsOf(operation: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.operation === operation).map(({ input }) => input);
  }

  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private next(operation: string): Answer {
    const answers = this.answers.get(operation) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer ?? { error: 'InvalidParameterException', message: `nothing is scripted for ${operation}` };
  }
}

function stackDescription(status: string): string {
  return (
    '<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks>' +
    `<member><StackName>compute</StackName><CreationTime>2026-11-24T00:00:00Z</CreationTime><StackStatus>${status}` +
    '</StackStatus></member></Stacks></DescribeStacksResult></DescribeStacksResponse>'
  );
}
