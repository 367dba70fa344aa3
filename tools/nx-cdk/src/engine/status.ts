import { parseBase } from '../base/base-record';
import { explainError } from '../live-state/explain-error';
import { describeLock } from '../lock/judge-lock';
import { parseLock } from '../lock/lock';
import type { StatusOptions } from '../options/inspection-options';
import { driftText } from '../plan/drift-text';
import { actionOf } from '../plan/predicted-changes';
import type { PlannedStack } from '../plan/plan';
import type { AppStatus, Drift, StackStatus } from '../report/status';
import { reasonOf } from './announce';
import { lookAt } from './diff';
import { recordKey } from './environment-records';
import { IMAGE_TAG_PARAMETER } from './image-tag';
import { Journal } from './journal';
import { prepare } from './prepare';
import { placeOf } from './read-state';
import type { RunParts, RunRequest } from './request';

/**
 * Says what is deployed, what was changed behind CloudFormation's back, who works on it, and what a deploy would ship.
 *
 * @throws Refusal when the options or the assembly are wrong, or the credentials are for another account.
 */
export async function status(
  request: RunRequest<StatusOptions>,
  parts: Pick<RunParts, 'connect' | 'liveState' | 'records' | 'listener' | 'pace'>,
): Promise<AppStatus> {
  const { app, environment } = request;
  const prepared = await prepare(request, parts, new Journal(request, parts.listener, null), []);
  const { graph, identity } = prepared;
  const region = graph.nodes[0]?.stack.region ?? '';
  const record = (name: 'lock' | 'base') => parts.records.read(recordKey(app, environment, name, region));
  const [plan, lock, base] = await Promise.all([lookAt(request, prepared, parts), record('lock'), record('base')]);
  const { commit = null, pending = [] } = parseBase(base ?? '') ?? {};
  return {
    environment,
    account: identity.account,
    region,
    lock: lock === undefined ? null : lockText(lock),
    deployedCommit: commit,
    begunSince: pending,
    problems: plan.problems,
    notices: plan.notices,
    noLongerPartOfTheApp: plan.removal.names,
    stacks: await Promise.all(
      plan.stacks.map(async (planned) => ({
        ...statusOf(planned),
        next: { action: actionOf(planned), reason: reasonOf(planned, plan, graph) },
        ...(request.options.drift && planned.deployed ? { drift: await driftOf(planned, parts) } : {}),
      })),
    ),
  };
}

function statusOf({ node, deployed }: PlannedStack): Omit<StackStatus, 'next' | 'drift'> {
  return {
    name: node.name,
    stackName: node.stack.stackName,
    phase: node.phase?.name ?? null,
    status: deployed?.status ?? null,
    lastUpdated: deployed?.lastUpdated ?? null,
    imageTag: deployed?.parameters[IMAGE_TAG_PARAMETER]?.value ?? null,
  };
}

function lockText(text: string): string {
  const lock = parseLock(text);
  return lock ? describeLock(lock, new Date()) : `somebody who cannot be read (${text})`;
}

/** What is not known of one stack must not hide what is known of the others. */
async function driftOf(
  { node }: PlannedStack,
  { liveState, pace }: Pick<RunParts, 'liveState' | 'pace'>,
): Promise<Drift> {
  try {
    const found = await liveState.drift(node.stack.stackName, placeOf(node), pace);
    return {
      changes: (found && driftText(found)) ?? null,
      compared: found?.checked ?? 0,
      notCompared: found?.unchecked.length ?? 0,
      ...(found?.problem === undefined ? {} : { problem: found.problem }),
    };
  } catch (error) {
    return { changes: null, compared: 0, notCompared: 0, problem: explainError(error) };
  }
}
