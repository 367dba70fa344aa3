import { paginateDescribeStackEvents, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { Clients } from './aws-clients';

/** How an operation on a stack begins, in the stack's own events. */
const BEGINNING = /^(CREATE|UPDATE|DELETE|IMPORT|REVIEW)_IN_PROGRESS$/;

/**
 * What happened to a stack and its resources, oldest first.
 *
 * @param after id of the last event that is known; without it, what happened since the latest operation began.
 */
export async function eventsSince(
  { cloudFormation: client }: Clients,
  StackName: string,
  after: string | undefined,
): Promise<StackEvent[]> {
  const events: StackEvent[] = [];
  // The newest come first, and a stack has more of them the longer it lives: it is read no further than necessary.
  for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName })) {
    for (const event of StackEvents) {
      if (event.EventId === after) return events.reverse();
      events.push(event);
      const own = event.PhysicalResourceId === event.StackId;
      if (after === undefined && own && BEGINNING.test(event.ResourceStatus ?? '')) return events.reverse();
    }
  }
  return events.reverse();
}
