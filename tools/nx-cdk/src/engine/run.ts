import type { DeployedBase } from '../base/deployed-base';
import { Repository } from '../git/repository';
import { explainError } from '../live-state/explain-error';
import type { EnvironmentLock } from '../lock/environment-lock';
import type { RunReport } from '../report/report';
import { recordsOf } from './environment-records';
import { Journal } from './journal';
import { Refusal } from './refusal';
import type { RunParts, RunRequest } from './request';

/** What a run does. It may take the lock; releasing it is not its business. */
export type Work = (journal: Journal, lock: EnvironmentLock, base: DeployedBase) => Promise<void>;

/**
 * Does the work of a run and reports it, whether it succeeds, fails or is refused.
 *
 * Ends without waiting for the work when the run is detached: CloudFormation goes on by itself, and a later run follows. A
 * lock that was taken is released in any case.
 */
export async function runAndReport(request: RunRequest<object>, parts: RunParts, work: Work): Promise<RunReport> {
  const { listener, interrupts } = parts;
  const checkedOut = new Repository(request.workspaceRoot).checkedOut();
  const journal = new Journal(request, listener, checkedOut.commit);
  const { lock, base } = recordsOf(request, parts, journal, checkedOut);
  let problems: readonly string[] = [];
  try {
    await Promise.race([work(journal, lock, base), interrupts.detached]);
  } catch (error) {
    problems = error instanceof Refusal ? error.problems : [explainError(error)];
    listener({ type: 'refused', problems });
  }
  try {
    const otherwise = problems.length === 0 ? 'the run was stopped before its turn' : 'the run was refused';
    return journal.finish(problems, otherwise);
  } finally {
    // After the report: a process that is to end soon has written it, whatever the network does.
    await lock.release();
  }
}
