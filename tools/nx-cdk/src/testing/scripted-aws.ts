import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ScriptedCloudFormation } from './scripted-cloudformation';
import { AwsError, toXml } from './wire';

/** One request as the scripted endpoint saw it, e.g. `CreateChangeSet alpha`. */
export interface Call {
  readonly action: string;
  /** Stack name, where the request has one. */
  readonly stack?: string;
}

/** The account that the scripted endpoint's credentials belong to. */
export const SCRIPTED_ACCOUNT = '123456789012';

/**
 * CloudFormation, SSM and STS on a loopback port, as far as a deployment needs them: real requests of the real toolkit and
 * SDK, answers by script. Resources reach their new state at once.
 */
export class ScriptedAws {
  /** Everything that was asked, in order. */
  public readonly calls: Call[] = [];
  /** SSM parameters by name. */
  public readonly parameters = new Map<string, string>([['/cdk-bootstrap/hnb659fds/version', '32']]);
  public readonly cloudFormation: ScriptedCloudFormation;
  /** Answers instead of the script, where it returns an error to throw. */
  public fault: (call: Call) => AwsError | undefined = () => undefined;
  private server?: Server;

  /** @param templates directory that the template URLs' files are in. */
  public constructor(private readonly templates: string) {
    this.cloudFormation = new ScriptedCloudFormation(this.parameters, templates);
  }

  /** Actions that change stacks, in order. */
  public get changes(): string[] {
    return this.calls
      .filter(({ action }) => /^(Create|Update|Delete|Execute)/.test(action))
      .map(({ action, stack }) => `${action} ${stack}`);
  }

  /** Starts listening and points the SDK of this process at it. */
  public async start(): Promise<void> {
    const server = createServer((request, response) => {
      void this.answer(request).then(({ status, type, body }) => {
        response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'scripted' }).end(body);
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'eu-west-1',
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

  private async answer(request: IncomingMessage): Promise<{ status: number; type: string; body: string }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') return this.ssm(target.split('.')[1] ?? '', JSON.parse(text));
    return this.query(new URLSearchParams(text));
  }

  private ssm(action: string, { Names, Name }: { Names?: string[]; Name?: string }) {
    this.calls.push({ action });
    const wanted = Names ?? [Name ?? ''];
    const found = wanted.filter((name) => this.parameters.has(name));
    const values = found.map((name) => ({ Name: name, Type: 'String', Value: this.parameters.get(name) }));
    const body = JSON.stringify(action === 'GetParameter' ? { Parameter: values[0] } : { Parameters: values });
    return { status: 200, type: 'application/x-amz-json-1.1', body };
  }

  private query(parameters: URLSearchParams) {
    const action = parameters.get('Action') ?? '';
    const call = { action, stack: this.cloudFormation.nameOf(parameters.get('StackName') ?? undefined) };
    this.calls.push(call);
    try {
      const fault = this.fault(call);
      if (fault) throw fault;
      const result =
        action === 'GetCallerIdentity'
          ? { Account: SCRIPTED_ACCOUNT, Arn: `arn:aws:iam::${SCRIPTED_ACCOUNT}:user/test`, UserId: 'test' }
          : this.cloudFormation.handle(action, parameters);
      return { status: 200, type: 'text/xml', body: toXml(`${action}Response`, { [`${action}Result`]: result }) };
    } catch (error) {
      const { status, code, message } =
        error instanceof AwsError ? error : new AwsError(500, 'InternalFailure', `${error}`);
      const body = toXml('ErrorResponse', { Error: { Type: 'Sender', Code: code, Message: message } });
      return { status, type: 'text/xml', body };
    }
  }
}
