import { text } from '../report/markdown-text';
import type { EnvironmentExport, ExportedParameter, Origin } from './environment-export';

/** An export to read. */
export function exportMarkdown(exported: EnvironmentExport): string {
  const { environment, account, regions, exportedAt, commit, notDeployed, byHand, beforeRecreation } = exported;
  return [
    `# Export of ${text(environment)}`,
    '',
    `Account ${account}, ${regions.join(', ')}, ${exportedAt}, commit ${commit ?? 'unknown'}. No value of a secret is in here.`,
    ...list('Made or changed by hand', byHand, 'Nothing that could be found.'),
    ...list('Before the recreation', beforeRecreation, 'Nothing in particular.'),
    ...list('Not deployed', notDeployed, 'All stacks of the app are deployed.'),
    ...stackSections(exported),
    ...sections(exported),
  ].join('\n');
}

function sections(exported: EnvironmentExport): string[] {
  const { ssmParameters, secrets, loadBalancers, securityGroups, hostedZones, logGroups } = exported;
  return [
    ...table(
      'SSM parameters',
      ['Name', 'Type', 'Version', 'Value', 'Published by'],
      ssmParameters.map((one) => [one.name, one.type, one.version, valueOf(one), originOf(one.publishedBy)]),
    ),
    ...table(
      'Secrets',
      ['Name', 'ARN', 'Current version', 'Rotation', 'Key', 'Whose value', 'Made by'],
      secrets.map((one) => [
        one.name,
        one.arn,
        one.currentVersionId ?? 'none',
        one.rotation.enabled ? `every ${one.rotation.afterDays ?? '?'} days` : 'off',
        one.kmsKeyId ?? 'of the account',
        one.why,
        originOf(one),
      ]),
    ),
    ...table(
      'Load balancers',
      ['Name', 'DNS name', 'Hosted zone id', 'Scheme', 'Made by'],
      loadBalancers.map((one) => [one.name, one.dnsName, one.hostedZoneId, one.scheme, originOf(one)]),
    ),
    ...table(
      'Security group rules',
      ['Group', 'Direction', 'Protocol', 'Ports', 'Peer', 'Description'],
      securityGroups.flatMap((group) =>
        group.rules.map((rule) => [
          `${group.groupId} ${originOf(group)}`,
          rule.direction,
          rule.protocol,
          rule.ports,
          rule.peer,
          rule.description,
        ]),
      ),
    ),
    ...table(
      'DNS records',
      ['Zone', 'Name', 'Type', 'TTL', 'Values', 'Routing', 'Made by'],
      hostedZones.flatMap((zone) =>
        zone.records.map((record) => [
          `${zone.name} (${zone.zoneId})`,
          record.name,
          record.type,
          record.ttl ?? '',
          record.values.join(', '),
          record.routing ?? '',
          record.madeBy,
        ]),
      ),
    ),
    ...table(
      'Log groups',
      ['Name', 'Retention', 'Bytes', 'Back up', 'Made by'],
      logGroups.map((one) => [
        one.name,
        one.retentionDays === null ? 'for ever' : `${one.retentionDays} days`,
        one.storedBytes,
        one.backUp ? 'yes: the teardown deletes it' : 'no',
        originOf(one),
      ]),
    ),
  ];
}

function stackSections({ stacks }: EnvironmentExport): string[] {
  return stacks.flatMap((stack) => [
    '',
    `## Stack ${text(stack.name)}`,
    '',
    `${stack.status}, last updated ${stack.lastUpdated}, termination protection ${stack.terminationProtection ? 'on' : 'off'}.`,
    ...rows(
      ['Parameter', 'Value', 'Resolved'],
      Object.entries(stack.parameters).map(([name, { value, resolved }]) => [name, value, resolved ?? '']),
    ),
    ...rows(['Output', 'Value'], Object.entries(stack.outputs)),
    ...rows(['Tag', 'Value'], Object.entries(stack.tags)),
    ...rows(
      ['Resource', 'Type', 'Physical id'],
      stack.resources.map(({ logicalId, type, physicalId }) => [logicalId, type, physicalId ?? 'none']),
    ),
  ]);
}

const valueOf = ({ value }: ExportedParameter) => value ?? 'not read: it is encrypted';

const originOf = (origin: Origin | null) => (origin === null ? 'no stack' : `${origin.stack}/${origin.logicalId}`);

function list(title: string, items: readonly string[], otherwise: string): string[] {
  return ['', `## ${title}`, '', ...(items.length === 0 ? [otherwise] : items.map((item) => `- ${text(item)}`))];
}

type Cells = readonly (string | number)[];

const table = (title: string, head: readonly string[], body: readonly Cells[]) => [
  '',
  `## ${title}`,
  ...(body.length === 0 ? ['', 'None.'] : rows(head, body)),
];

function rows(head: readonly string[], body: readonly Cells[]): string[] {
  if (body.length === 0) return [];
  const row = (cells: Cells) => `| ${cells.map((cell) => text(String(cell))).join(' | ')} |`;
  return ['', row(head), `| ${head.map(() => '---').join(' | ')} |`, ...body.map(row)];
}
