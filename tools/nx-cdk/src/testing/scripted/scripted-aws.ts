import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AwsAnswer,
  AwsError,
  type AwsRequest,
  breakConnection,
  readRequest,
  send,
  toXml,
  type TransportFault,
} from '../wire';
import { SCRIPTED_ACCOUNT, SCRIPTED_REGION } from './place';
import { ScriptedCloudFormation } from './scripted-cloudformation';
import { ScriptedSsm } from './scripted-ssm';
import { uploads } from './uploads';

/** One request as the scripted endpoint saw it, e.g. `CreateChangeSet alpha`. */
export interface Call {
  readonly action: string;
  /** Stack name, where the request has one. */
  readonly stack?: string;
  readonly region: string;
  /** Whose credentials it is signed with. */
  readonly accessKeyId: string;
}

/** Answers requests of one service. */
export type Service = (request: AwsRequest) => AwsAnswer;

/**
 * CloudFormation, SSM and STS on a loopback port, as far as a deployment needs them: real requests of the real toolkit and
 * SDK, answers by script. Unless `cloudFormation.pollsPerStep` says otherwise, operations end at once.
 */
export class ScriptedAws {
  /** Everything that was asked, in order. */
  public readonly calls: Call[] = [];
  public readonly ssm = new ScriptedSsm(new Map([['/cdk-bootstrap/hnb659fds/version', '32']]));
  /** SSM of regions that have one of their own. */
  public readonly ssmElsewhere = new Map<string, ScriptedSsm>();
  public readonly cloudFormation: ScriptedCloudFormation;
  /** Other services, by the name that requests are signed for. */
  public readonly services = new Map<string, Service>();
  /** Goes wrong instead of being answered by the script, where it returns something. */
  public fault: (call: Call) => AwsError | TransportFault | undefined = () => undefined;
  private server?: Server;

  /** @param templates directory that the template URLs' files are in. */
  public constructor(private readonly templates: string) {
    this.cloudFormation = new ScriptedCloudFormation(this.ssm.parameters, templates);
    this.services.set(
      's3',
      uploads((name, body) => this.cloudFormation.uploaded.set(name, body)),
    );
  }

  /** Values of SSM parameters by name. */
  public get parameters(): Map<string, string> {
    return this.ssm.parameters;
  }

  /** Actions that change stacks, in order. */
  public get changes(): string[] {
    return this.calls
      .filter(({ action, stack }) => stack !== undefined && !/^(Describe|Detect|Get|List)/.test(action))
      .map(({ action, stack }) => `${action} ${stack}`);
  }

  /** Starts listening and points the SDK of this process at it. */
  public async start(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: SCRIPTED_REGION,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_HOME: this.templates,
    });
  }

  public async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    const { target, region, accessKeyId, method, path } = request;
    const query = new URLSearchParams(request.body);
    const action = target?.split('.')[1] ?? query.get('Action') ?? `${method} ${path}`;
    const stack = this.cloudFormation.nameOf(query.get('StackName') ?? undefined);
    const call: Call = { action, stack, region, accessKeyId };
    this.calls.push(call);
    const fault = this.fault(call);
    if (typeof fault === 'string') {
      if (fault === 'cut-off') this.respond(call, request, query);
      return breakConnection(fault, response);
    }
    return send(response, this.respond(call, request, query, fault));
  }

  private respond({ action }: Call, request: AwsRequest, query: URLSearchParams, fault?: AwsError): AwsAnswer {
    const other = this.services.get(request.service);
    if (other && !fault) return other(request);
    return request.target === undefined ? this.query(action, query, fault) : this.json(action, request, fault);
  }

  private json(action: string, { body, region }: AwsRequest, fault: AwsError | undefined): AwsAnswer {
    const type = 'application/x-amz-json-1.1';
    const ssm = this.ssmElsewhere.get(region) ?? this.ssm;
    try {
      if (fault) throw fault;
      return { status: 200, type, body: JSON.stringify(ssm.handle(action, JSON.parse(body) as object)) };
    } catch (error) {
      const { status, code, message } = asAwsError(error);
      return { status, type, body: JSON.stringify({ __type: code, message }) };
    }
  }

  private query(action: string, parameters: URLSearchParams, fault: AwsError | undefined): AwsAnswer {
    const type = 'text/xml';
    try {
      if (fault) throw fault;
      const result =
        action === 'GetCallerIdentity'
          ? { Account: SCRIPTED_ACCOUNT, Arn: `arn:aws:iam::${SCRIPTED_ACCOUNT}:user/test`, UserId: 'test' }
          : this.cloudFormation.handle(action, parameters);
      return { status: 200, type, body: toXml(`${action}Response`, { [`${action}Result`]: result }) };
    } catch (error) {
      const { status, code, message } = asAwsError(error);
      const body = toXml('ErrorResponse', { Error: { Type: 'Sender', Code: code, Message: message } });
      return { status, type, body };
    }
  }
}

function asAwsError(error: unknown): AwsError {
  return error instanceof AwsError ? error : new AwsError(500, 'InternalFailure', String(error));
}
