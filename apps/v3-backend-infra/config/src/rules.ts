import type { EnvironmentConfig } from './schema';

type Path = (string | number)[];

/** A rule between values that are valid each for itself. */
export interface Rule {
  /** Paths of the values it reads. */
  readonly reads: readonly string[];
  readonly check: (config: EnvironmentConfig, issue: (path: Path, message: string) => void) => void;
}

/** Whether a rule can be checked: nothing is wrong with the values it reads, nor with what they are part of. */
export function isSound(reads: readonly string[], issues: readonly { readonly path?: PropertyKey[] }[]): boolean {
  const wrong = issues
    .filter((issue) => !('code' in issue) || (issue.code !== 'custom' && issue.code !== 'unrecognized_keys'))
    .map(({ path }) => `${path?.map(String).join('.') ?? ''}`);
  const within = (inner: string, outer: string) => outer === '' || inner === outer || inner.startsWith(`${outer}.`);
  return wrong.every((path) => !reads.some((read) => within(read, path) || within(path, read)));
}

/** What must hold between the values of a configuration. */
export const rules: readonly Rule[] = [
  {
    reads: ['region', 'availabilityZones'],
    check: ({ region, availabilityZones }, issue) =>
      availabilityZones.forEach((zone, index) => {
        if (!new RegExp(`^${region}[a-z]$`).test(zone)) {
          issue(['availabilityZones', index], `must be a zone of ${region}, e.g. "${region}a"`);
        }
      }),
  },
  {
    reads: ['availabilityZones'],
    check: ({ availabilityZones }, issue) => {
      if (new Set(availabilityZones).size !== availabilityZones.length) {
        issue(['availabilityZones'], 'must not name a zone twice');
      }
    },
  },
  {
    reads: ['database.maxAllocatedStorageGiB', 'database.allocatedStorageGiB'],
    check: ({ database: { maxAllocatedStorageGiB, allocatedStorageGiB } }, issue) => {
      if (maxAllocatedStorageGiB < allocatedStorageGiB) {
        const message = `must not be below allocatedStorageGiB, which is ${allocatedStorageGiB}`;
        issue(['database', 'maxAllocatedStorageGiB'], message);
      }
    },
  },
  {
    reads: ['protect', 'database.backupRetentionDays'],
    check: ({ protect, database }, issue) => {
      if (protect && database.backupRetentionDays === 0) {
        issue(['database', 'backupRetentionDays'], 'must be 1 or more where protect is true');
      }
    },
  },
  {
    reads: ['loadBalancer.ssl'],
    check: ({ loadBalancer: { ssl } }, issue) => {
      if (ssl && ssl.domainName !== ssl.hostedZoneName && !ssl.domainName.endsWith(`.${ssl.hostedZoneName}`)) {
        issue(['loadBalancer', 'ssl', 'domainName'], `must be in the hosted zone ${ssl.hostedZoneName}`);
      }
    },
  },
  {
    reads: ['networking.natGateways', 'networking.interfaceEndpoints'],
    check: ({ networking: { natGateways, interfaceEndpoints } }, issue) => {
      if (natGateways === 'none' && interfaceEndpoints.length === 0) {
        issue(
          ['networking', 'interfaceEndpoints'],
          'must not be empty where natGateways is "none": tasks could not pull their image',
        );
      }
    },
  },
  {
    reads: ['loadBalancer.ssl'],
    check: ({ loadBalancer: { ssl } }, issue) => {
      if (ssl?.parentZone && !ssl.hostedZoneName.endsWith(`.${ssl.parentZone.zoneName}`)) {
        issue(['loadBalancer', 'ssl', 'parentZone', 'zoneName'], `must be a zone above ${ssl.hostedZoneName}`);
      }
    },
  },
  {
    reads: ['environment', 'database.rotateCredentials'],
    check: ({ environment, database }, issue) => {
      if (environment === 'local' && database.rotateCredentials) {
        const message = 'must be false: the local endpoint does not have the function that AWS maintains for it';
        issue(['database', 'rotateCredentials'], message);
      }
    },
  },
  {
    reads: ['environment', 'logForwarder.lokiUrl'],
    check: ({ environment, logForwarder }, issue) => {
      if (environment !== 'local' && !logForwarder.lokiUrl.startsWith('https://')) {
        issue(['logForwarder', 'lokiUrl'], 'must be an https URL: the credentials travel with every request');
      }
    },
  },
];
