import type { IncomingMessage } from 'node:http';
import { type Answer, EndpointProxy } from './endpoint-proxy';
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

/** Writes down who called what. */
export class RecordingProxy extends EndpointProxy {
  public readonly calls: RecordedCall[] = [];
  /** Roles by the access keys of their sessions. */
  private readonly roles = new Map<string, string>();

  protected override async answer(request: IncomingMessage, body: Buffer): Promise<Answer> {
    const answer = await this.pass(request, body);
    this.record(request, body, answer.body.toString());
    return answer;
  }

  private record(request: IncomingMessage, body: Buffer, answer: string): void {
    const action = iamActionOf(request, body);
    const [, key = ''] = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const by = this.roles.get(key) ?? 'process';
    if (action === 'sts:AssumeRole') {
      const role = new URLSearchParams(body.toString()).get('RoleArn') ?? '';
      const [, session] = /<AccessKeyId>([^<]+)</.exec(answer) ?? [];
      if (session !== undefined) this.roles.set(session, role.replace(/^.*:role\//, ''));
      this.calls.push({ by, action, about: role });
    } else {
      const [, parameter = ''] = (action.startsWith('ssm:') && /"Name":"([^"]+)"/.exec(body.toString())) || [];
      this.calls.push({ by, action, about: parameter });
    }
  }
}
