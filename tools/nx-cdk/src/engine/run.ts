import { explainError } from '../live-state/explain-error';
import type { RunReport } from '../report/report';
import { Journal } from './journal';
import { Refusal } from './refusal';
import type { RunParts, RunRequest } from './request';

/**
 * Does the work of a run and reports it, whether it succeeds, fails or is refused.
 *
 * Ends without waiting for the work when the run is detached: CloudFormation goes on by itself, and a later run follows.
 */
export async function runAndReport(
  request: RunRequest<object>,
  { listener, interrupts }: RunParts,
  work: (journal: Journal) => Promise<void>,
): Promise<RunReport> {
  const journal = new Journal(request, listener);
  try {
    await Promise.race([work(journal), interrupts.detached]);
  } catch (error) {
    const problems = error instanceof Refusal ? error.problems : [explainError(error)];
    listener({ type: 'refused', problems });
    return journal.finish(problems, 'the run was refused');
  }
  return journal.finish([], 'the run was stopped before its turn');
}
