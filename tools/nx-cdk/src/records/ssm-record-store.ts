import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
  TooManyUpdates,
} from '@aws-sdk/client-ssm';
import type { RetryListener } from '../live-state/aws-call';
import { ClientCache } from '../live-state/aws-clients';
import type { RecordKey, RecordStore } from './record-store';

/**
 * Records as SSM parameters, read and written with the credentials of the process: none of the bootstrap's roles may write
 * parameters.
 */
export class SsmRecordStore implements RecordStore {
  private readonly clients: ClientCache;

  /** @param onRetry told when a call is repeated. */
  public constructor(onRetry?: RetryListener) {
    this.clients = new ClientCache(onRetry);
  }

  public async read(key: RecordKey): Promise<string | undefined> {
    const ssm = await this.client(key);
    try {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: key.name }));
      return Parameter?.Value;
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw naming(key, error);
    }
  }

  public async create(key: RecordKey, text: string): Promise<boolean> {
    const ssm = await this.client(key);
    try {
      await ssm.send(new PutParameterCommand({ Name: key.name, Type: 'String', Value: text, Overwrite: false }));
      return true;
    } catch (error) {
      // The second one is what SSM answers to somebody who creates it at the very same time.
      if (error instanceof ParameterAlreadyExists || error instanceof TooManyUpdates) return false;
      throw naming(key, error);
    }
  }

  public async write(key: RecordKey, text: string): Promise<void> {
    const ssm = await this.client(key);
    try {
      await ssm.send(new PutParameterCommand({ Name: key.name, Type: 'String', Value: text, Overwrite: true }));
    } catch (error) {
      throw naming(key, error);
    }
  }

  public async remove(key: RecordKey): Promise<void> {
    const ssm = await this.client(key);
    try {
      await ssm.send(new DeleteParameterCommand({ Name: key.name }));
    } catch (error) {
      if (!(error instanceof ParameterNotFound)) throw naming(key, error);
    }
  }

  private async client({ region }: RecordKey): Promise<SSMClient> {
    return (await this.clients.at({ region })).ssm;
  }
}

/** Says which parameter an error is about: AWS often does not. The error keeps its name, by which it is explained. */
function naming({ name, region }: RecordKey, error: unknown): unknown {
  if (error instanceof Error) error.message = `SSM parameter ${name} in ${region}: ${error.message}`;
  return error;
}
