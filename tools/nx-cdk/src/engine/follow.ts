import { setTimeout as sleep } from 'node:timers/promises';
import type { StackNode } from '../stack-graph/stack-graph';
import { placeOf } from './read-state';
import type { RunParts } from './request';

/** Waits until no operation runs on a stack any more, or the run is to end. */
export async function follow(node: StackNode, { liveState, interrupts, pace }: RunParts): Promise<void> {
  while (!interrupts.stopping) {
    const deployed = await liveState.stack(node.stack.stackName, placeOf(node));
    if (!deployed?.status.endsWith('_IN_PROGRESS') || deployed.status === 'REVIEW_IN_PROGRESS') return;
    await sleep(pace.next());
  }
}
