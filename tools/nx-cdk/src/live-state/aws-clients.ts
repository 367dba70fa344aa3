import { CloudFormationClient, type CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type RetryListener, watchCalls } from './aws-call';
import type { Place } from './live-state';

/** What all clients of a place have in common. */
interface ClientConfig {
  readonly region: string;
  readonly maxAttempts: number;
  readonly retryMode: 'standard';
  readonly credentials?: NonNullable<CloudFormationClientConfig['credentials']>;
}

/** SDK clients of one place. */
export interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly ssm: SSMClient;
  /** Configuration of further clients; those that few runs need are loaded when they are needed. */
  readonly config: ClientConfig;
  /** A further client whose repeated calls are told of, too. */
  readonly watched: <Client extends Watchable>(client: Client) => Client;
}

/** What all clients of the SDK have. */
interface Watchable {
  readonly middlewareStack: { use(plugin: never): void };
}

/** Many stacks are read at once: throttling is waited out, for up to about a minute, not failed for. */
const retry = { maxAttempts: 8, retryMode: 'standard' } as const;

/** Makes SDK clients, one set for each region and role. */
export class ClientCache {
  private readonly byPlace = new Map<string, Promise<Clients>>();

  /** @param onRetry told when a call is repeated. */
  public constructor(private readonly onRetry: RetryListener = () => undefined) {}

  /** Clients that read with the place's lookup role, or with the process's own credentials where it has none. */
  public at(place: Place): Promise<Clients> {
    const key = `${place.region} ${place.lookupRoleArn ?? ''}`;
    const known = this.byPlace.get(key);
    if (known) return known;
    const made = this.make(place);
    this.byPlace.set(key, made);
    return made;
  }

  public sts(region: string): STSClient {
    const client = new STSClient({ region, ...retry });
    client.middlewareStack.use(watchCalls(region, this.onRetry));
    return client;
  }

  private async make({ region, lookupRoleArn }: Place): Promise<Clients> {
    const credentials = lookupRoleArn === undefined ? undefined : await this.assume(region, lookupRoleArn);
    const common = { region, ...retry, ...(credentials ? { credentials } : {}) };
    const watched: Clients['watched'] = (client) => {
      client.middlewareStack.use(watchCalls(region, this.onRetry) as never);
      return client;
    };
    return {
      cloudFormation: watched(new CloudFormationClient(common)),
      ssm: watched(new SSMClient(common)),
      config: common,
      watched,
    };
  }

  /** Undefined where the role cannot be assumed; the process's own credentials may still be allowed to read. */
  private async assume(region: string, roleArn: string) {
    const sts = this.sts(region);
    const assume = async () => {
      const { Credentials } = await sts.send(
        new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'nx-cdk-read' }),
      );
      return {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken,
        expiration: Credentials?.Expiration,
      };
    };
    try {
      const first = await assume();
      let handedOut = false;
      return async () => {
        if (handedOut) return assume();
        handedOut = true;
        return first;
      };
    } catch {
      return undefined;
    }
  }
}
