import type { Place } from '../live-state/live-state';
import { type RetryListener, watchCalls } from '../live-state/aws-call';
import { ClientCache, type Clients } from '../live-state/aws-clients';

/** A client of the SDK as checks use it. */
type ClientClass<Client> = new (config: Clients['config'] & { readonly forcePathStyle?: boolean }) => Client;

/** What any client of the SDK has. Each has plugins of a type of its own. */
interface AnyClient {
  readonly middlewareStack: { readonly use: (plugin: never) => void };
}

/** Clients of AWS for checks. They read; only a one-off task is started. */
export interface Aws {
  /** With the credentials that read at the place. */
  reader<Client extends AnyClient>(Class: ClientClass<Client>, place: Place): Promise<Client>;
  /** With the credentials of the process, for what the role that reads is not allowed. */
  own<Client extends AnyClient>(Class: ClientClass<Client>, region: string): Promise<Client>;
}

/** Clients of the SDK, one of each kind for each place. */
export class SdkAws implements Aws {
  private readonly cache: ClientCache;
  private readonly clients = new Map<string, Promise<AnyClient>>();

  /** @param onRetry told when a call is repeated. */
  public constructor(private readonly onRetry: RetryListener) {
    this.cache = new ClientCache(onRetry);
  }

  public reader<Client extends AnyClient>(Class: ClientClass<Client>, place: Place): Promise<Client> {
    const key = `${Class.name} ${place.region} ${place.lookupRoleArn ?? ''}`;
    const known = (this.clients.get(key) as Promise<Client> | undefined) ?? this.make(Class, place);
    this.clients.set(key, known);
    return known;
  }

  public own<Client extends AnyClient>(Class: ClientClass<Client>, region: string): Promise<Client> {
    return this.reader(Class, { region });
  }

  private async make<Client extends AnyClient>(Class: ClientClass<Client>, place: Place): Promise<Client> {
    const { config } = await this.cache.at(place);
    // A local endpoint has no host name for each bucket.
    const client = new Class({ ...config, forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined });
    client.middlewareStack.use(watchCalls(place.region, this.onRetry) as never);
    return client;
  }
}
