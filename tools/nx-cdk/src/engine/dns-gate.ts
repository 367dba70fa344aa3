import { awaitedZones } from '../dns/awaited-zones';
import { DnsGate } from '../dns/dns-gate';
import type { DeployedStack } from '../live-state/live-state';
import type { DeployOptions } from '../options/options';
import type { StackGraph } from '../stack-graph/stack-graph';
import type { Journal } from './journal';
import { placeOf } from './read-state';
import type { RunParts } from './request';

/** What the DNS gate of a deploy is made from. */
export interface GatedDeploy {
  readonly graph: StackGraph;
  /** By stack id. */
  readonly deployed: ReadonlyMap<string, DeployedStack | undefined>;
  readonly options: Pick<DeployOptions, 'dnsGate' | 'waitForDns'>;
  readonly journal: Journal;
}

/** The DNS gate of a deploy; undefined where nothing has to pass one. */
export function dnsGateOf(
  { graph, deployed, options, journal }: GatedDeploy,
  { dns, liveState }: Pick<RunParts, 'dns' | 'liveState'>,
): DnsGate | undefined {
  if (!dns || !options.dnsGate) return undefined;
  const zones = awaitedZones(graph, deployed);
  if (zones.length === 0) return undefined;
  return new DnsGate(zones, {
    dns,
    waitForDns: options.waitForDns,
    nameServersOf: async ({ node, logicalId }) => {
      const resources = await liveState.resources(node.stack.stackName, placeOf(node));
      const id = resources.find((resource) => resource.logicalId === logicalId)?.physicalId;
      return id === undefined ? undefined : liveState.nameServers(id, placeOf(node));
    },
    notice: (text) => journal.notice(text),
  });
}
