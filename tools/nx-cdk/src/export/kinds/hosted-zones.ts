import {
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  NoSuchHostedZone,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import type { Clients } from '../../live-state/aws-clients';
import type { ExportedRecord, ExportedZone } from '../environment-export';
import { resourcesOf, sortedBy, type SourceResource, type SourceStack } from '../source';

/** The hosted zones of stacks with all their records, also those that somebody made by hand. */
export async function readZones(
  stacks: readonly SourceStack[],
  everything: readonly SourceStack[],
  { config, watched }: Clients,
): Promise<ExportedZone[]> {
  const client = watched(new Route53Client(config));
  const declared = resourcesOf(everything, 'AWS::Route53::RecordSet');
  const found = await Promise.all(
    resourcesOf(stacks, 'AWS::Route53::HostedZone').map(async (resource) => {
      const zone = await readZone(client, resource.physicalId);
      return zone ? [exportedZone(resource, zone, declared)] : [];
    }),
  );
  return found.flat();
}

interface Zone {
  readonly name: string;
  readonly nameServers: readonly string[];
  readonly records: readonly ResourceRecordSet[];
}

async function readZone(client: Route53Client, Id: string): Promise<Zone | undefined> {
  try {
    const { HostedZone, DelegationSet } = await client.send(new GetHostedZoneCommand({ Id }));
    return {
      name: HostedZone?.Name ?? '',
      nameServers: DelegationSet?.NameServers ?? [],
      records: await listRecords(client, Id),
    };
  } catch (error) {
    if (error instanceof NoSuchHostedZone) return undefined;
    throw error;
  }
}

/** The SDK has no paginator for it. */
async function listRecords(client: Route53Client, HostedZoneId: string): Promise<ResourceRecordSet[]> {
  const records: ResourceRecordSet[] = [];
  let start = {};
  for (;;) {
    const page = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId, ...start }));
    records.push(...(page.ResourceRecordSets ?? []));
    if (page.IsTruncated !== true) return records;
    start = {
      StartRecordName: page.NextRecordName,
      StartRecordType: page.NextRecordType,
      StartRecordIdentifier: page.NextRecordIdentifier,
    };
  }
}

/** A zone as it is exported. */
export function exportedZone(
  { stack, logicalId, physicalId }: SourceResource,
  { name, nameServers, records }: Zone,
  declared: readonly SourceResource[],
): ExportedZone {
  return {
    stack,
    logicalId,
    zoneId: physicalId,
    name,
    nameServers: sortedBy(nameServers, (server) => server),
    records: sortedBy(
      records.map((record) => exportedRecord(record, name, declared)),
      (record) => JSON.stringify([record.name, record.type, record.routing]),
    ),
  };
}

function exportedRecord(record: ResourceRecordSet, zone: string, declared: readonly SourceResource[]): ExportedRecord {
  const { Name = '', Type, TTL, ResourceRecords = [], AliasTarget } = record;
  return {
    name: Name,
    type: Type ?? '',
    ttl: TTL ?? null,
    values: AliasTarget ? [`alias ${AliasTarget.DNSName}`] : ResourceRecords.map(({ Value }) => Value ?? ''),
    routing: routingOf(record),
    madeBy: makerOf(record, zone, declared),
  };
}

function routingOf({ SetIdentifier, Weight, Region, Failover, GeoLocation }: ResourceRecordSet): string | null {
  if (SetIdentifier === undefined) return null;
  return [
    SetIdentifier,
    ...(Weight === undefined ? [] : [`weight ${Weight}`]),
    ...(Region === undefined ? [] : [`region ${Region}`]),
    ...(Failover === undefined ? [] : [`failover ${Failover.toLowerCase()}`]),
    ...(GeoLocation === undefined ? [] : [`location ${Object.values(GeoLocation).join(' ')}`]),
  ].join(', ');
}

function makerOf(
  { Name = '', Type, ResourceRecords = [] }: ResourceRecordSet,
  zone: string,
  declared: readonly SourceResource[],
): ExportedRecord['madeBy'] {
  if (sameName(Name, zone) && (Type === 'NS' || Type === 'SOA')) return 'zone';
  const isDeclared = declared.some(
    ({ physicalId, declared: resource }) =>
      sameName(physicalId, Name) && String(resource?.Properties?.['Type'] ?? Type) === Type,
  );
  if (isDeclared) return 'stack';
  const validates = ResourceRecords.some(({ Value = '' }) => /\.acm-validations\.aws\.?$/.test(Value));
  return Type === 'CNAME' && validates ? 'certificate validation' : 'hand';
}

const sameName = (a: string, b: string) => a.replace(/\.$/, '').toLowerCase() === b.replace(/\.$/, '').toLowerCase();
