import { Resolver } from 'node:dns/promises';

/** What DNS says about the name servers of a domain name. */
export type DnsAnswer =
  | { readonly servers: readonly string[] }
  /** The name has no name servers, and why, as a phrase. */
  | { readonly none: string }
  /** DNS could not be asked, and why, as a phrase. */
  | { readonly unknown: string };

/** Asks DNS. */
export interface Dns {
  nameServers(name: string): Promise<DnsAnswer>;
  /** How often it is worth asking again, in milliseconds. */
  readonly pollMs: number;
}

/** The variable that names other DNS servers than the system's. */
export const DNS_SERVERS = 'NX_CDK_DNS_SERVERS';

/** Answers that say that there is no delegation, by the error code that Node has for them. */
const NONE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name does not exist (NXDOMAIN)',
  ENODATA: 'the name has no NS records',
  ESERVFAIL: 'nobody answers for the name (SERVFAIL)',
};

/** Asks the DNS servers of the system, or others. */
export class SystemDns implements Dns {
  public readonly pollMs = 15_000;

  /** @param servers IP addresses with or without a port, e.g. `1.1.1.1` or `127.0.0.1:5300`. */
  public constructor(private readonly servers?: readonly string[]) {}

  public async nameServers(name: string): Promise<DnsAnswer> {
    // A new one each time: a resolver may keep answers, also that a name does not exist.
    const resolver = new Resolver({ timeout: 3000, tries: 2 });
    if (this.servers) resolver.setServers(this.servers);
    try {
      return { servers: await resolver.resolveNs(name) };
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      const none = NONE[code];
      return none === undefined ? { unknown: message } : { none };
    }
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/** What is wrong with the variable that names DNS servers. */
export function dnsProblems(env: Env): string[] {
  const servers = namedServers(env);
  if (!servers) return [];
  try {
    new Resolver().setServers(servers);
    return [];
  } catch {
    return [
      `${DNS_SERVERS}=${env[DNS_SERVERS]} is no list of DNS servers. Use IP addresses, with or without a port, separated ` +
        'by commas, e.g. 1.1.1.1,127.0.0.1:5300 or [::1]:5300.',
    ];
  }
}

/** DNS as the environment variables say; the names of a local endpoint's zones are in no DNS but one that is named. */
export function dnsOf(env: Env, isLocal: boolean): Dns | undefined {
  const servers = namedServers(env);
  return isLocal && !servers ? undefined : new SystemDns(servers);
}

const namedServers = (env: Env): string[] | undefined =>
  env[DNS_SERVERS] === undefined ? undefined : env[DNS_SERVERS].split(',').map((server) => server.trim());
