import { canonical, type Template, type TemplateResource } from '../assembly/template';
import type { DeployedStack } from '../live-state/live-state';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';

/** A public hosted zone of the app. */
export interface Zone {
  /** Without a dot at its end, e.g. `example.com`. */
  readonly name: string;
  /** The stack that has it. */
  readonly node: StackNode;
  readonly logicalId: string;
}

/** A zone that must be delegated before the certificates of some stacks can be issued. */
export interface AwaitedZone extends Zone {
  /** Ids of the stacks with these certificates. */
  readonly waiting: ReadonlySet<string>;
}

/**
 * The zones of the app that its stacks would wait for if they were shipped now.
 *
 * ACM issues a certificate that is validated by DNS only when it finds the validation records from the internet.
 * CloudFormation waits for it, for hours, and then fails (https://github.com/aws/aws-cdk/issues/2914).
 *
 * @param deployed by stack id.
 */
export function awaitedZones(
  graph: StackGraph,
  deployed: ReadonlyMap<string, DeployedStack | undefined>,
): AwaitedZone[] {
  const zones = graph.nodes.flatMap(publicZones);
  return zones
    .map((zone): AwaitedZone => {
      const isNew = !isDeployed(zone, deployed.get(zone.node.stack.id));
      const waiting = graph.nodes.filter(({ stack }) => {
        const upstream = zones.filter((other) => graph.upstream.get(stack.id)?.has(other.node.stack.id));
        const own = certificatesOf(stack.template).filter(([, certificate]) =>
          namesOf(certificate).some((name) => innermost(name, upstream) === zone),
        );
        return own.some(([id, certificate]) => isNew || !isIssued(id, certificate, deployed.get(stack.id)));
      });
      return { ...zone, waiting: new Set(waiting.map(({ stack }) => stack.id)) };
    })
    .filter(({ waiting }) => waiting.size > 0);
}

/** The public hosted zones of a stack. */
export function publicZones(node: StackNode): Zone[] {
  return Object.entries(node.stack.template.Resources ?? {}).flatMap(([logicalId, { Type, Properties }]) => {
    const name = Properties?.['Name'];
    const isPublic = Type === 'AWS::Route53::HostedZone' && Properties?.['VPCs'] === undefined;
    return isPublic && typeof name === 'string' ? [{ name: withoutDot(name), node, logicalId }] : [];
  });
}

function certificatesOf(template: Template): [string, TemplateResource][] {
  return Object.entries(template.Resources ?? {}).filter(
    ([, { Type, Properties }]) =>
      Type === 'AWS::CertificateManager::Certificate' && Properties?.['ValidationMethod'] === 'DNS',
  );
}

function namesOf({ Properties }: TemplateResource): string[] {
  const further: unknown = Properties?.['SubjectAlternativeNames'];
  return [Properties?.['DomainName'], ...(Array.isArray(further) ? (further as unknown[]) : [])]
    .filter((name) => typeof name === 'string')
    .map((name) => withoutDot(name).replace(/^\*\./, ''));
}

/** The zone that the records of a name are in: of those above it the one that is nearest. */
function innermost(name: string, zones: readonly Zone[]): Zone | undefined {
  return zones
    .filter((zone) => name === zone.name || name.endsWith(`.${zone.name}`))
    .sort((a, b) => b.name.length - a.name.length)[0];
}

function isDeployed({ name, logicalId }: Zone, stack: DeployedStack | undefined): boolean {
  const before = stack?.template?.Resources?.[logicalId]?.Properties?.['Name'];
  return isComplete(stack) && typeof before === 'string' && withoutDot(before) === name;
}

function isIssued(logicalId: string, certificate: TemplateResource, stack: DeployedStack | undefined): boolean {
  const before = stack?.template?.Resources?.[logicalId];
  return isComplete(stack) && canonical(before?.Properties) === canonical(certificate.Properties);
}

/** Whether all that the deployed template has was there at least once. */
const isComplete = (stack: DeployedStack | undefined): boolean =>
  /^(CREATE_COMPLETE|UPDATE_|IMPORT_)/.test(stack?.status ?? '');

const withoutDot = (name: string): string => name.toLowerCase().replace(/\.$/, '');
