import { AwsError } from '../wire';
import type { ResourceChange } from './changes';
import type { ScriptedStack } from './scripted-stack';

/** What somebody did to a resource without CloudFormation. */
export type Meddling =
  | 'deleted'
  /** CloudFormation cannot read it. */
  | 'unreadable'
  /** Its properties: what the template says and what they are, by path. */
  | { readonly [path: string]: readonly [expected: string, actual: string] };

/** States in which CloudFormation compares a stack with what is there. */
const COMPARABLE = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED'];

/** Drift detection of the scripted CloudFormation: it knows what was done because tests say so. */
export class Drifts {
  private readonly running = new Map<string, { stack: ScriptedStack; polls: number }>();

  /**
   * @param meddled what was done, by logical id.
   * @param incomparable types without drift detection.
   * @param polls how often one must ask until a detection is over.
   */
  public constructor(
    private readonly meddled: ReadonlyMap<string, Meddling>,
    private readonly incomparable: ReadonlySet<string>,
    private readonly polls: () => number,
  ) {}

  public detect(stack: ScriptedStack) {
    if (!COMPARABLE.includes(stack.status)) {
      const text = `Drift detection cannot be performed on stack [${stack.id}] in ${stack.status} state`;
      throw new AwsError(400, 'ValidationError', text);
    }
    const id = `detection-${this.running.size + 1}`;
    this.running.set(id, { stack, polls: this.polls() });
    return { StackDriftDetectionId: id };
  }

  public status(id: string) {
    const detection = this.running.get(id);
    if (!detection) throw new AwsError(400, 'ValidationError', `There is no detection ${id}`);
    const { stack } = detection;
    const common = { StackId: stack.id, StackDriftDetectionId: id, Timestamp: new Date().toISOString() };
    if (detection.polls > 0) {
      detection.polls -= 1;
      return { ...common, DetectionStatus: 'DETECTION_IN_PROGRESS' };
    }
    const unreadable = this.of(stack).filter(({ StackResourceDriftStatus: status }) => status === 'UNKNOWN');
    if (unreadable.length === 0) return { ...common, DetectionStatus: 'DETECTION_COMPLETE' };
    const ids = unreadable.map(({ LogicalResourceId }) => LogicalResourceId).join(', ');
    return {
      ...common,
      DetectionStatus: 'DETECTION_FAILED',
      DetectionStatusReason: `Failed to detect drift on resource [${ids}]`,
    };
  }

  /** The findings; what cannot be compared is left out. */
  public of(stack: ScriptedStack) {
    return [...stack.resources]
      .filter(([, { type }]) => !this.incomparable.has(type))
      .map(([id, { type, physicalId }]) => {
        const meddling = this.meddled.get(id);
        return {
          StackId: stack.id,
          LogicalResourceId: id,
          PhysicalResourceId: physicalId,
          ResourceType: type,
          StackResourceDriftStatus: statusOf(meddling),
          PropertyDifferences: typeof meddling === 'object' ? Object.entries(meddling).map(difference) : undefined,
          Timestamp: new Date().toISOString(),
        };
      });
  }
}

/** What a drift-aware change set does beside what differs in the templates. */
export function revertingChanges(
  stack: ScriptedStack,
  meddled: ReadonlyMap<string, Meddling>,
  others: readonly ResourceChange[],
): ResourceChange[] {
  return [...stack.resources]
    .filter(([id]) => meddled.has(id) && !others.some(({ logicalId }) => logicalId === id))
    .map(([logicalId, { type }]): ResourceChange => {
      const meddling = meddled.get(logicalId);
      const paths = typeof meddling === 'object' ? Object.keys(meddling) : [];
      return {
        action: meddling === 'deleted' ? 'Add' : 'Modify',
        logicalId,
        type,
        policies: {},
        differing: paths.map((path) => ({ attribute: 'Properties', property: path.slice(1), recreation: 'Never' })),
      };
    });
}

function statusOf(meddling: Meddling | undefined): string {
  if (meddling === undefined) return 'IN_SYNC';
  if (meddling === 'deleted') return 'DELETED';
  return meddling === 'unreadable' ? 'UNKNOWN' : 'MODIFIED';
}

const difference = ([PropertyPath, [ExpectedValue, ActualValue]]: [string, readonly [string, string]]) => ({
  PropertyPath,
  ExpectedValue,
  ActualValue,
  DifferenceType: 'NOT_EQUAL',
});
