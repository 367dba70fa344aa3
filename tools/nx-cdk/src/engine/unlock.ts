import { Repository } from '../git/repository';
import { recordsOf } from './environment-records';
import { Journal } from './journal';
import { prepare } from './prepare';
import { placeOf } from './read-state';
import { refuseOn } from './refusal';
import type { RunParts, RunRequest } from './request';

/**
 * Lifts the lock of an environment.
 *
 * @returns what was done, as a sentence.
 * @throws Refusal while an operation runs on one of its stacks, and while the lock's holder runs on this machine.
 */
export async function unlock(
  request: RunRequest<object>,
  parts: Pick<RunParts, 'connect' | 'liveState' | 'records' | 'listener'>,
): Promise<string> {
  const { environment, workspaceRoot } = request;
  const journal = new Journal(request, parts.listener, null);
  const { graph } = await prepare(request, parts, journal, []);
  const statuses = await Promise.all(
    graph.nodes.map(async (node) => {
      const deployed = await parts.liveState.stack(node.stack.stackName, placeOf(node));
      return { name: node.stack.stackName, status: deployed?.status ?? '' };
    }),
  );
  const busy = statuses.filter(({ status }) => status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS');
  const names = busy.map(({ name, status }) => `${name} (${status})`).join(', ');
  refuseOn(
    busy.length === 0
      ? []
      : [`CloudFormation still works on ${names}. The lock of ${environment} stays until that has ended.`],
  );
  const { lock } = recordsOf(request, parts, journal, new Repository(workspaceRoot).checkedOut());
  const holder = await lock.lift();
  return holder === undefined
    ? `${environment} is not locked.`
    : `Lifted the lock of ${environment}, held by ${holder}.`;
}
