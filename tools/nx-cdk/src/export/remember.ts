import type { StackDrift } from '../live-state/drift';
import { losesData } from '../plan/destructive-changes';
import { resourceText } from '../plan/drift-text';
import type { EnvironmentExport, ExportedParameter, ExportedSecret, ExportedZone } from './environment-export';
import { sortedBy, type SourceStack } from './source';

/** What was made or changed by hand, which a recreation does not bring back by itself; sentences. */
export function madeByHand(
  { hostedZones, ssmParameters }: Pick<EnvironmentExport, 'hostedZones' | 'ssmParameters'>,
  drift: ReadonlyMap<string, StackDrift>,
  statePath: string,
): string[] {
  return [
    ...sortedBy([...drift], ([stack]) => stack).flatMap(([stack, found]) => driftSentences(stack, found)),
    ...hostedZones.flatMap(recordSentences),
    ...ssmParameters.filter((one) => isForeign(one, statePath)).map(parameterSentence),
  ];
}

function driftSentences(stack: string, { drifted, problem }: StackDrift): string[] {
  return [
    ...drifted.map((resource) => `${stack}: ${resourceText(resource)}, not by CloudFormation.`),
    ...(problem === undefined ? [] : [`${stack}: what was changed by hand is not known, or not all of it: ${problem}`]),
  ];
}

const recordSentences = ({ name: zone, records }: ExportedZone) =>
  records
    .filter(({ madeBy }) => madeBy === 'hand')
    .map(
      ({ name, type, values, routing }) =>
        `The record ${name} ${type}${routing === null ? '' : ` (${routing})`} → ${values.join(', ')} in the zone ` +
        `${zone} is of no stack. Make it again in the new zone.`,
    );

/** What the engine keeps itself is nobody's handiwork. */
const isForeign = ({ name, publishedBy }: ExportedParameter, statePath: string) =>
  publishedBy === null && !name.startsWith(`${statePath}/`);

const parameterSentence = ({ name, type }: ExportedParameter) =>
  `The SSM parameter ${name} (${type}) is of no stack. It stays when the stacks are deleted` +
  `${type === 'SecureString' ? '; its value was not read' : ''}.`;

/** What has to be thought of at the recreation; sentences. */
export function beforeRecreation(
  stacks: readonly SourceStack[],
  { hostedZones, secrets }: Pick<EnvironmentExport, 'hostedZones' | 'secrets'>,
): string[] {
  return [
    ...stacks
      .filter(
        ({ deployed }) => !/^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK|IMPORT_ROLLBACK)_COMPLETE$/.test(deployed.status),
      )
      .map(statusSentence),
    ...stacks.flatMap(dataSentences),
    ...hostedZones
      .filter(({ nameServers }) => nameServers.length > 0)
      .map(({ name }) => `The zone ${name} gets other name servers: delegate it again in the zone above.`),
    ...secrets.filter(({ hasFixedName }) => hasFixedName).map(nameSentence),
    ...secrets.filter(({ ownership }) => ownership !== 'own').map(ownershipSentence),
    ...secrets
      .filter(({ currentVersionId }) => currentVersionId === null)
      .map(({ name }) => `The secret ${name} has no value.`),
  ];
}

const statusSentence = ({ stackName, deployed: { status } }: SourceStack) =>
  status.endsWith('_IN_PROGRESS')
    ? `${stackName} is being worked on (${status}): this may be out of date. Export again when that has ended.`
    : `${stackName} is in ${status}: it may not have all that its template says.`;

function dataSentences({ stackName, deployed }: SourceStack): string[] {
  return losesData(deployed.template).map(
    ({ logicalId, type }) => `${stackName}: the teardown deletes ${logicalId} (${type}) with all it has. Back it up.`,
  );
}

const nameSentence = ({ name }: ExportedSecret) =>
  `The secret ${name} has a fixed name, which Secrets Manager keeps for its recovery window after the deletion, 7 to 30 ` +
  `days. To recreate it earlier, free the name once the stack is gone: aws secretsmanager delete-secret --secret-id ` +
  `${name} --force-delete-without-recovery. Its former value cannot be recovered after that, so export the values first.`;

const ownershipSentence = ({ name, why }: ExportedSecret) =>
  `The secret ${name} gets a new value, and import-secrets leaves it: ${why}.`;
