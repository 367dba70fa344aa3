import type { DestroyOptions } from '../options/options';
import type { RunReport } from '../report/report';
import { carriedParametersOf } from './carried-parameters';
import { deleteStacks } from './delete-stacks';
import { allowing, recordRemoved } from './deployed-node';
import { type DestroySurvey, surveyDestroy } from './destroy-survey';
import type { Journal } from './journal';
import { prepare, type Prepared } from './prepare';
import type { RunParts, RunRequest } from './request';
import { runAndReport } from './run';

/** Deletes the stacks asked for, dependents first, and reports all stacks of the app. */
export function destroy(request: RunRequest<DestroyOptions>, parts: RunParts): Promise<RunReport> {
  return runAndReport(request, parts, async (journal, lock, base) => {
    const prepared = await prepare(request, parts, journal, confirmationProblems(request));
    const { options, environment } = request;
    parts.listener({
      type: 'run-started',
      action: 'destroy',
      environment,
      account: journal.account ?? '',
      region: journal.region ?? '',
      dryRun: false,
    });
    const [first, isLockLeft] = await Promise.all([
      surveyDestroy(request, prepared, parts.liveState),
      lock.refuseIfHeld(),
    ]);
    let state = first;
    if (isLockLeft || first.going.length > 0) {
      await lock.acquire();
      // What was read before the lock was held may have been somebody else's work in progress.
      state = await surveyDestroy(request, prepared, parts.liveState);
      await base.beginDeleting();
    }
    recordOthers(state, prepared, journal);
    announce(state, options.concurrency, parts);
    const { directory } = prepared;
    await deleteStacks({ ...options, stacks: state.going, order: state.order, directory }, journal, parts);
    if (prepared.selected === undefined) leaveRemoved(state, journal);
    journal.noticeLeftovers();
    if (prepared.selected === undefined && journal.isGoodSoFar) {
      await base.forget();
      await carriedParametersOf(request, prepared, parts).remove();
    }
  });
}

/** Why the environment must not be destroyed, from the command line alone. */
function confirmationProblems({ environment, app, options }: RunRequest<DestroyOptions>): string[] {
  const isProtected = Object.values(app.config.environments).some(
    (entry) => entry.environment === environment && entry.protected,
  );
  const typed = options.confirm === undefined ? ' is missing' : `=${options.confirm} does not name the environment`;
  return [
    ...(options.confirm === environment
      ? []
      : [`Destroying deletes stacks and their data. --confirm${typed}: add --confirm=${environment}.`]),
    ...(!isProtected || options.allowDestructive.includes(environment)
      ? []
      : [`${environment} is protected: add ${allowing([environment])}, too.`]),
  ];
}

/** Records the stacks that nothing happens with. */
function recordOthers({ present, removed, going }: DestroySurvey, { graph }: Prepared, journal: Journal): void {
  journal.append(removed.map(({ node }) => node));
  const isGoing = (id: string) => going.some(({ node }) => node.stack.id === id);
  for (const node of graph.nodes.filter(({ stack }) => !isGoing(stack.id))) {
    const isPresent = present.some((one) => one.node === node);
    journal.record(
      node,
      isPresent ? { result: 'excluded', reason: 'not selected' } : { result: 'absent', reason: 'it is not deployed' },
    );
  }
  for (const { node } of removed.filter((one) => !going.includes(one))) recordRemoved(node, journal);
}

function announce({ going, order }: DestroySurvey, concurrency: number, { listener }: RunParts): void {
  listener({
    type: 'planned',
    concurrency,
    stacks: going.map(({ node: { name, phase, stack }, isRemoved }) => ({
      name,
      phase,
      action: 'delete',
      reason: isRemoved ? 'it is no longer part of the app' : 'it is deployed',
      needs: going.filter((other) => order.get(stack.id)?.has(other.node.stack.id)).map(({ node }) => node.name),
    })),
  });
}

/** After the destroy of a whole environment, stacks that are no longer part of its app are what is left of it. */
function leaveRemoved({ removed, going }: DestroySurvey, journal: Journal): void {
  for (const one of removed.filter((other) => !going.includes(other))) {
    const { stackName } = one.node.stack;
    journal.leave({
      stackName,
      logicalId: stackName,
      type: 'AWS::CloudFormation::Stack',
      physicalId: one.deployed.stackId,
      why: `no longer part of the app; delete it with ${allowing([stackName])}`,
    });
  }
}
