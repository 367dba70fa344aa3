import type { Finding, Topic } from './check';

/** How a check ended. */
export type Outcome =
  | 'passed'
  | 'failed'
  /** It relies on something that is not real here. */
  | 'not checkable here'
  /** Nothing that it is about is deployed. */
  | 'nothing to check';

/** A check, and what it found. */
export interface CheckResult {
  readonly name: string;
  readonly topic: Topic;
  readonly outcome: Outcome;
  /** Why it was not made, or why it could not be made to its end. */
  readonly reason?: string;
  readonly findings: readonly Finding[];
}

/** Whether a deployed environment is what it should be. */
export interface Verification {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** The commit that is checked out; null outside git. */
  readonly commit: string | null;
  readonly command: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** ISO 8601, UTC. */
  readonly finishedAt: string;
  /** Whether something was there to check, and no check failed. */
  readonly ok: boolean;
  /** Names of the stacks that were checked. */
  readonly checked: readonly string[];
  /** The stacks that were not, each with why, e.g. `it is not deployed`. */
  readonly leftOut: readonly { readonly stack: string; readonly why: string }[];
  readonly checks: readonly CheckResult[];
}

/** How many checks ended how, e.g. `14 passed, 3 not checkable here`. */
export function countOutcomes({ checks, checked }: Verification): string {
  if (checked.length === 0) return 'there is nothing that could be checked';
  const outcomes: readonly Outcome[] = ['failed', 'passed', 'not checkable here', 'nothing to check'];
  return outcomes
    .map((outcome) => ({ outcome, count: checks.filter((check) => check.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${outcome}`)
    .join(', ');
}
