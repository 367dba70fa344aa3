import { publicZones } from '../../dns/awaited-zones';
import { delegationRecord, undelegated } from '../../dns/delegation';
import { type Dns, dnsOf } from '../../dns/dns';
import { type Check, type Finding, ok, problem } from '../check';

/** Hosted zones that are deployed can be found from the internet. */
export const delegation: Check = {
  name: 'hosted zones',
  notReal: 'the endpoint’s zones are in no DNS',
  run: async ({ graph, facts }) => {
    const dns = dnsOf(process.env, false)!;
    const findings = await Promise.all(
      graph.nodes
        .flatMap(publicZones)
        .map(async ({ name, node, logicalId }) => judgeZone(name, await facts.nameServersOf(node, logicalId), dns)),
    );
    return findings.length === 0 ? [ok('the app has none')] : findings;
  },
};

export async function judgeZone(name: string, own: readonly string[] | undefined, dns: Dns): Promise<Finding> {
  if (own === undefined) return ok(`${name} is not deployed yet; a deploy tells what to do`);
  const reason = undelegated(await dns.nameServers(name), own);
  return reason === undefined
    ? ok(`${name} is delegated`)
    : problem(`${name} is not delegated: ${reason}`, delegationRecord(name, own).join('\n'));
}
