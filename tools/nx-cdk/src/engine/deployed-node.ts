import type { DeployedStack } from '../live-state/live-state';
import type { StackNode } from '../stack-graph/stack-graph';
import type { Journal } from './journal';

/** A stack that is deployed, whether it is part of the app or not any more. */
export interface DeployedNode {
  readonly node: StackNode;
  readonly deployed: DeployedStack;
  /** It is no longer part of the app. */
  readonly isRemoved: boolean;
  /** Why it is deleted. @default - whether it is part of the app */
  readonly reason?: string;
}

/** How a stack that is no longer part of the app is taken along. */
export const allowing = (names: readonly string[]): string => `--allowDestructive=${names.join(',')}`;

/** Records a stack that is no longer part of the app and stays. */
export function recordRemoved(node: StackNode, journal: Journal): void {
  const how = allowing([node.stack.stackName]);
  journal.record(node, {
    result: 'excluded',
    reason: `it is deployed, but no longer part of the app; ${how} deletes it`,
  });
}
