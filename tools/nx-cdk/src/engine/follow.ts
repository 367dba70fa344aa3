import { setTimeout as sleep } from 'node:timers/promises';
import { Activity } from '../ship/activity';
import type { StackNode } from '../stack-graph/stack-graph';
import { placeOf } from './read-state';
import type { RunParts } from './request';

/** Waits until no operation runs on a stack any more, or the run is to end; meanwhile tells how far the operation is. */
export async function follow(node: StackNode, { liveState, interrupts, pace, listener }: RunParts): Promise<void> {
  const place = placeOf(node);
  const activity = new Activity(node, undefined);
  let last: string | undefined;
  while (!interrupts.stopping) {
    const deployed = await liveState.stack(node.stack.stackName, place);
    if (!deployed?.status.endsWith('_IN_PROGRESS') || deployed.status === 'REVIEW_IN_PROGRESS') return;
    const events = await liveState.events(deployed.stackId, place, last);
    for (const event of events) {
      const progress = activity.record(event);
      if (progress) listener(progress);
    }
    last = events.at(-1)?.EventId ?? last;
    await sleep(pace.next());
  }
}
