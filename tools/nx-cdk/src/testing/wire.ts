import type { IncomingMessage, ServerResponse } from 'node:http';

/** An error as AWS's services answer it. */
export class AwsError extends Error {
  public constructor(
    public readonly status: number,
    public readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * What may go wrong below the service: the connection is reset, the server hangs up without an answer, the service does
 * what it was asked to but its answer is cut off, or a load balancer answers for a service that is not there.
 */
export type TransportFault = 'reset' | 'hang-up' | 'cut-off' | 'bad-gateway';

/** A request of the AWS SDK. */
export interface AwsRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Name of the service and region that it is signed for, e.g. `cloudformation`, `s3`. */
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** The operation, in services that speak JSON, e.g. `AmazonSSM.GetParameters`. */
  readonly target?: string;
  readonly body: string;
}

/** An answer to the AWS SDK. */
export interface AwsAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Reads a request to its end. */
export async function readRequest(request: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '');
  const [, accessKeyId = '', region = '', service = ''] = scope ?? [];
  const target = request.headers['x-amz-target'];
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    service,
    region,
    accessKeyId,
    target: typeof target === 'string' ? target : undefined,
    body: Buffer.concat(chunks).toString(),
  };
}

/** Sends an answer. */
export function send(response: ServerResponse, { status, type, body }: AwsAnswer): void {
  response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'scripted' }).end(body);
}

/** Does to a connection what goes wrong below the service. */
export function breakConnection(fault: TransportFault, response: ServerResponse): void {
  switch (fault) {
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'hang-up':
      response.socket?.destroy();
      break;
    case 'cut-off':
      response.writeHead(200, { 'content-type': 'text/xml', 'content-length': 1000 }).write('<Half');
      response.socket?.end();
      break;
    default:
      send(response, { status: 502, type: 'text/html', body: '<html><body>Bad Gateway</body></html>' });
  }
}

/** An element with children from an object; a list's items are `member` elements. */
export function toXml(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return `<${name}>${value.map((item) => toXml('member', item)).join('')}</${name}>`;
  if (typeof value === 'object' && value !== null) {
    const children = Object.entries(value).map(([key, child]) => toXml(key, child));
    return `<${name}>${children.join('')}</${name}>`;
  }
  const text = String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<${name}>${text}</${name}>`;
}

/** The items of a list in a Query request, e.g. `Parameters.member.1.ParameterKey`. */
export function listOf(parameters: URLSearchParams, name: string): Record<string, string>[] {
  const items: Record<string, string>[] = [];
  for (const [key, value] of parameters) {
    const match = new RegExp(`^${name}\\.member\\.(\\d+)\\.(\\w+)$`).exec(key);
    if (match?.[2] !== undefined) (items[Number(match[1]) - 1] ??= {})[match[2]] = value;
  }
  return items;
}

/** The items of a list of strings in a Query request, e.g. `ResourcesToSkip.member.1`. */
export function stringsOf(parameters: URLSearchParams, name: string): string[] {
  return [...parameters].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, value]) => value);
}
