import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import type { Listener } from '../events/event';
import type { RetryListener } from '../live-state/aws-call';
import { ClientCache } from '../live-state/aws-clients';
import type { Pace } from '../live-state/pace';
import { eventsSince } from '../live-state/stack-events';
import type { StackNode } from '../stack-graph/stack-graph';
import { Activity } from './activity';
import { ShipError, type Shipped } from './shipper';

/** Deletes stacks that are in no assembly, which the CDK toolkit does not do. */
export interface StackDeleter {
  /**
   * @param stackId of the stack to delete: by its name another one could be meant meanwhile.
   * @throws ShipError when the stack is still there.
   */
  delete(node: StackNode, stackId: string): Promise<Shipped>;
}

/** How the deletion of a stack ends, in the stack's own events. */
const ENDS = ['DELETE_COMPLETE', 'DELETE_FAILED'];

/** Deletes stacks with the SDK, with the bootstrap's deploy role, or the process's own credentials where it has none. */
export class SdkStackDeleter implements StackDeleter {
  private readonly clients: ClientCache;

  public constructor(
    private readonly pace: Pace,
    private readonly listener: Listener,
    onRetry?: RetryListener,
  ) {
    this.clients = new ClientCache(onRetry);
  }

  public async delete(node: StackNode, stackId: string): Promise<Shipped> {
    const { region, deployRoleArn, template } = node.stack;
    const clients = await this.clients.at({ region, lookupRoleArn: deployRoleArn });
    const activity = new Activity(node, Object.keys(template.Resources ?? {}).length);
    let last = (await eventsSince(clients, stackId, undefined)).at(-1)?.EventId;
    await clients.cloudFormation.send(new DeleteStackCommand({ StackName: stackId }));
    for (;;) {
      await sleep(this.pace.next());
      for (const event of await eventsSince(clients, stackId, last)) {
        last = event.EventId;
        const progress = activity.record(event);
        if (progress) this.listener(progress);
        const { ResourceStatus: status, ResourceStatusReason: reason } = event;
        if (progress || !ENDS.includes(status ?? '')) continue;
        const { resources, retained, rootCause } = activity;
        if (status === 'DELETE_COMPLETE') return { noOp: false, resources, retained };
        throw new ShipError(rootCause ?? reason ?? 'CloudFormation gives no reason.', resources);
      }
    }
  }
}
