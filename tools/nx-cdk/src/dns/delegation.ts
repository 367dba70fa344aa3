import { type DnsAnswer, DNS_SERVERS } from './dns';

/** Why a zone is not delegated, as a phrase; undefined when it is. */
export function undelegated(answer: DnsAnswer, nameServers: readonly string[]): string | undefined {
  if ('none' in answer) return answer.none;
  if ('unknown' in answer) {
    return `DNS could not be asked (${answer.unknown}); name servers to ask with the variable ${DNS_SERVERS}`;
  }
  const own = new Set(nameServers.map(normalized));
  // The parent zone need not have all of them.
  const others = answer.servers.map(normalized).filter((server) => !own.has(server));
  if (others.length > 0) return `the name leads to other name servers (${others.sort().join(', ')})`;
  return answer.servers.length === 0 ? 'the name has no NS records' : undefined;
}

/** The record that delegates a zone, and where to create it, as lines. */
export function delegationRecord(zone: string, nameServers: readonly string[]): string[] {
  const parent = zone.split('.').slice(1).join('.');
  const [first, ...further] = nameServers.map(normalized);
  return [
    `Create this record in the zone above it, ${parent} (for a registered domain: enter the name servers at its registrar):`,
    `  name    ${zone}`,
    '  type    NS',
    '  TTL     3600',
    `  values  ${first}`,
    ...further.map((server) => `          ${server}`),
  ];
}

const normalized = (server: string): string => server.toLowerCase().replace(/\.$/, '');
