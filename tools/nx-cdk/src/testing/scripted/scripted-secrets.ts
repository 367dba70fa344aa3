import { type AwsAnswer, AwsError } from '../wire';
import type { Service } from './scripted-aws';

/** A secret as the script keeps it. */
export interface ScriptedSecret {
  readonly name: string;
  /** Undefined where it has no value. */
  value?: string;
  /** Is about to be deleted. */
  readonly deleted?: boolean;
}

/** Secrets Manager, with the secrets that tests put in it, by the id they are asked for. */
export class ScriptedSecrets {
  public readonly secrets = new Map<string, ScriptedSecret>();
  /** Actions and the secrets they were for, in order. */
  public readonly calls: string[] = [];

  /** Answers requests. */
  public readonly service: Service = ({ target = '', body }) => {
    const type = 'application/x-amz-json-1.1';
    try {
      return { status: 200, type, body: JSON.stringify(this.handle(target.split('.')[1] ?? '', body)) };
    } catch (error) {
      return failure(type, error as AwsError);
    }
  };

  private handle(action: string, body: string): object {
    const { SecretId = '', SecretString } = JSON.parse(body) as { SecretId?: string; SecretString?: string };
    this.calls.push(`${action} ${SecretId}`);
    const secret = this.secrets.get(SecretId);
    if (!secret)
      throw new AwsError(400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    const common = { ARN: SecretId, Name: secret.name };
    switch (action) {
      case 'DescribeSecret':
        return {
          ...common,
          ...(secret.value === undefined ? {} : { VersionIdsToStages: { v1: ['AWSCURRENT'], v0: ['AWSPREVIOUS'] } }),
          ...(secret.deleted ? { DeletedDate: 1_700_000_000 } : {}),
        };
      case 'GetSecretValue':
        if (secret.value === undefined) throw new AwsError(400, 'ResourceNotFoundException', 'no value');
        return { ...common, SecretString: secret.value };
      case 'PutSecretValue':
        secret.value = SecretString;
        return common;
      default:
        throw new AwsError(400, 'UnknownOperationException', `The script has no ${action}`);
    }
  }
}

const failure = (type: string, { status, code, message }: AwsError): AwsAnswer => ({
  status,
  type,
  body: JSON.stringify({ __type: code, message }),
});
