import type { AwsAnswer } from '../wire';
import { toXml } from '../wire';
import type { Service } from './scripted-aws';

const xml = (body: string): AwsAnswer => ({ status: 200, type: 'text/xml', body });

/** Route 53 with one hosted zone, whatever its id. */
export function scriptedRoute53(nameServers: readonly string[]): Service {
  return ({ path }) => {
    const zone = toXml('HostedZone', { Id: path.split('/').at(-1), Name: 'zone', CallerReference: 'scripted' });
    const servers = nameServers.map((server) => toXml('NameServer', server)).join('');
    const set = `<DelegationSet><NameServers>${servers}</NameServers></DelegationSet>`;
    return xml(`<GetHostedZoneResponse>${zone}${set}</GetHostedZoneResponse>`);
  };
}

/** S3 with buckets that have one version of one object, or nothing. */
export function scriptedS3(full: ReadonlySet<string>): Service {
  return ({ path }) => {
    const bucket = path.split(/[/?]/)[1] ?? '';
    const version = full.has(bucket) ? toXml('Version', { Key: 'key', VersionId: '1' }) : '';
    return xml(`<ListVersionsResult><Name>${bucket}</Name>${version}</ListVersionsResult>`);
  };
}
