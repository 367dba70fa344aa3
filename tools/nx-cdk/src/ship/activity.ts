import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { sourceOf } from '../assembly/construct-source';
import { constructPath } from '../assembly/template';
import type { StackProgress } from '../events/event';
import type { StackNode } from '../stack-graph/stack-graph';

/** What CloudFormation says of resources that failed only because others did. */
const FOLLOW_UP = /^Resource \w+ cancelled|The following resource\(s\) failed/i;

/** Follows what CloudFormation reports of one stack, whoever began the operation. */
export class Activity {
  private readonly completed = new Set<string>();
  private readonly failures: string[] = [];
  private readonly followUps: string[] = [];
  private readonly left: string[] = [];

  public constructor(
    private readonly node: StackNode,
    private total: number | undefined,
  ) {}

  /** How many resources reached their new state. */
  public get resources(): number {
    return this.completed.size;
  }

  /** Resources that were left behind. */
  public get retained(): readonly string[] {
    return this.left;
  }

  /**
   * What failed, in the order it happened, each with CloudFormation's reason, the construct that made it and the place in the
   * source; without those that are consequences of others. Undefined when nothing failed.
   */
  public get rootCause(): string | undefined {
    const failures = this.failures.length > 0 ? this.failures : this.followUps;
    return failures.length === 0 ? undefined : failures.join('\n');
  }

  /** CloudFormation said how many resources the operation has. */
  public expect(total: number | undefined): void {
    this.total = total ?? this.total;
  }

  /** @returns undefined for events of the stack itself. */
  public record(event: StackEvent): StackProgress | undefined {
    const { LogicalResourceId: id = '', PhysicalResourceId, StackId, ResourceType = '', ResourceStatus = '' } = event;
    if (PhysicalResourceId !== undefined && PhysicalResourceId === StackId) return undefined;
    const reason = event.ResourceStatusReason;
    const isNested = event.StackName !== undefined && event.StackName !== this.node.stack.stackName;
    const resource = isNested ? `${event.StackName}/${id}` : (constructPath(this.node.stack.template, id) ?? id);
    if (!isNested && /^(CREATE|UPDATE|DELETE|IMPORT)_COMPLETE$/.test(ResourceStatus)) this.completed.add(id);
    if (ResourceStatus === 'DELETE_SKIPPED') this.left.push(`${resource} (${ResourceType} ${PhysicalResourceId})`);
    if (ResourceStatus.endsWith('_FAILED')) {
      const source = isNested ? undefined : sourceOf(this.node.stack, id);
      const failure = `${resource} (${ResourceType}): ${reason ?? ResourceStatus}`;
      const isFollowUp = FOLLOW_UP.test(reason ?? '');
      (isFollowUp ? this.followUps : this.failures).push(
        failure,
        ...(source === undefined ? [] : [`made at ${source}`]),
      );
    }
    return {
      type: 'stack-progress',
      name: this.node.name,
      done: this.completed.size,
      total: this.total,
      resource,
      status: ResourceStatus,
      statusReason: reason,
    };
  }
}
