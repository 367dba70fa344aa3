import {
  type CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  type DescribeStackDriftDetectionStatusCommandOutput,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type PropertyDifference,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import type { Clients } from './aws-clients';
import { listResources } from './aws-resources';

/** What a stack's resources are, compared with what CloudFormation made of them. */
export interface StackDrift {
  /** Resources that were changed or deleted behind CloudFormation's back, by logical id. */
  readonly drifted: readonly DriftedResource[];
  /** Resources of which nothing is known: CloudFormation cannot compare their type, or could not read them. */
  readonly unchecked: readonly UncheckedResource[];
  /** How many resources were compared. */
  readonly checked: number;
  /** Why the stack could not be compared, or only in part. */
  readonly problem?: string;
}

/** A resource that is not as CloudFormation made it. */
export interface DriftedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  readonly change: 'deleted' | 'modified';
  /** Of a modified one, by path. */
  readonly differences: readonly DriftedProperty[];
}

/** A property that is not as the template says. */
export interface DriftedProperty {
  /** JSON pointer into the resource's properties, e.g. `/RetentionInDays`. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /**
   * What the template says; undefined unless it is a number or a switch. What somebody typed into the console may be a
   * secret, so text is never told.
   */
  readonly expected?: string;
  /** What it is; undefined unless it is a number or a switch. */
  readonly actual?: string;
}

/** A resource that was not compared. */
export interface UncheckedResource {
  readonly logicalId: string;
  readonly type: string;
}

/** How long to wait between two questions, in milliseconds. */
export interface Waits {
  next(): number;
}

/**
 * Lets CloudFormation compare a stack with what is there.
 *
 * Nested stacks count as unchecked, and so does what CloudFormation has no drift detection for
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-import-supported-resources.html).
 *
 * @returns undefined when there is no such stack.
 */
export async function detectDrift(clients: Clients, stackName: string, waits: Waits): Promise<StackDrift | undefined> {
  const { cloudFormation: client } = clients;
  let detectionId: string | undefined;
  try {
    ({ StackDriftDetectionId: detectionId } = await client.send(new DetectStackDriftCommand({ StackName: stackName })));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ValidationError')) throw error;
    if (/does not exist/.test(error.message)) return undefined;
    // Not in a state in which CloudFormation compares, for instance while it is updated.
    return { drifted: [], unchecked: await listUnchecked(clients, stackName, []), checked: 0, problem: error.message };
  }
  const { DetectionStatus, DetectionStatusReason } = await whenDetected(client, detectionId, waits);
  const compared = await listDrifts(client, stackName);
  return {
    ...summarizeDrifts(compared),
    unchecked: await listUnchecked(clients, stackName, compared),
    ...(DetectionStatus === 'DETECTION_FAILED'
      ? { problem: DetectionStatusReason ?? 'CloudFormation could not compare all of it, and does not say why' }
      : {}),
  };
}

/** CloudFormation's findings in the engine's words. */
export function summarizeDrifts(drifts: readonly StackResourceDrift[]): Pick<StackDrift, 'drifted' | 'checked'> {
  const drifted = drifts
    .filter(({ StackResourceDriftStatus: status }) => status === 'MODIFIED' || status === 'DELETED')
    .map((drift): DriftedResource => ({
      logicalId: drift.LogicalResourceId ?? '',
      type: drift.ResourceType ?? '',
      physicalId: drift.PhysicalResourceId,
      change: drift.StackResourceDriftStatus === 'DELETED' ? 'deleted' : 'modified',
      differences: (drift.PropertyDifferences ?? []).map(propertyOf).sort((a, b) => order(a.path, b.path)),
    }))
    .sort((a, b) => order(a.logicalId, b.logicalId));
  return { drifted, checked: drifts.filter(isCompared).length };
}

const KINDS = { ADD: 'added', REMOVE: 'removed', NOT_EQUAL: 'changed' } as const;

function propertyOf({ PropertyPath, DifferenceType, ExpectedValue, ActualValue }: PropertyDifference): DriftedProperty {
  const told = (value: string | undefined) =>
    value !== undefined && /^(true|false|-?\d{1,9}(\.\d+)?)$/.test(value) ? value : undefined;
  return {
    path: PropertyPath ?? '',
    kind: KINDS[DifferenceType ?? 'NOT_EQUAL'],
    expected: told(ExpectedValue),
    actual: told(ActualValue),
  };
}

const isCompared = ({ StackResourceDriftStatus: status }: StackResourceDrift) =>
  status === 'IN_SYNC' || status === 'MODIFIED' || status === 'DELETED';

async function whenDetected(
  client: CloudFormationClient,
  StackDriftDetectionId: string | undefined,
  waits: Waits,
): Promise<DescribeStackDriftDetectionStatusCommandOutput> {
  for (;;) {
    const status = await client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
    if (status.DetectionStatus !== 'DETECTION_IN_PROGRESS') return status;
    await new Promise((resolve) => setTimeout(resolve, waits.next()));
  }
}

/** The SDK has no paginator for it. */
async function listDrifts(client: CloudFormationClient, StackName: string): Promise<StackResourceDrift[]> {
  const drifts: StackResourceDrift[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new DescribeStackResourceDriftsCommand({ StackName, NextToken }));
    drifts.push(...(page.StackResourceDrifts ?? []));
    ({ NextToken } = page);
  } while (NextToken !== undefined && NextToken !== '');
  return drifts;
}

/** CloudFormation leaves out of its findings what it cannot compare. */
async function listUnchecked(
  clients: Clients,
  stackName: string,
  drifts: readonly StackResourceDrift[],
): Promise<UncheckedResource[]> {
  const compared = new Set(drifts.filter(isCompared).map(({ LogicalResourceId }) => LogicalResourceId));
  return (await listResources(clients, stackName))
    .filter(({ logicalId }) => !compared.has(logicalId))
    .map(({ logicalId, type }) => ({ logicalId, type }))
    .sort((a, b) => order(a.logicalId, b.logicalId));
}

const order = (a: string, b: string) => (a < b ? -1 : Number(a > b));
