import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { constructPath } from '../assembly/template';
import type { StackProgress } from '../events/event';
import type { StackNode } from '../stack-graph/stack-graph';

const FOLLOW_UP = /cancelled|following resource\(s\) failed/i;

/** Follows what CloudFormation reports of one stack. */
export class Activity {
  private readonly completed = new Set<string>();
  private readonly failures: string[] = [];
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

  /** The root cause: failures that are not consequences of others; undefined when there was none. */
  public get rootCause(): string | undefined {
    return this.failures.length === 0 ? undefined : this.failures.join('\n');
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
    const resource = constructPath(this.node.stack.template, id) ?? id;
    if (/^(CREATE|UPDATE|DELETE|IMPORT)_COMPLETE$/.test(ResourceStatus)) this.completed.add(id);
    if (ResourceStatus === 'DELETE_SKIPPED') this.left.push(`${resource} (${ResourceType} ${PhysicalResourceId})`);
    if (ResourceStatus.endsWith('_FAILED') && !FOLLOW_UP.test(reason ?? '')) {
      this.failures.push(`${resource} (${ResourceType}): ${reason ?? ResourceStatus}`);
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
