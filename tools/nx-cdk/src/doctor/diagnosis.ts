import type { Check, Finding, Patient } from './check';
import { explainError } from '../live-state/explain-error';

/** What one check found. */
export interface Examination {
  readonly check: string;
  readonly findings: readonly Finding[];
}

/** What the doctor says of an environment. */
export interface Diagnosis {
  readonly environment: string;
  /** Where a local endpoint is; null for AWS. */
  readonly endpoint: string | null;
  /** Whether there is no problem. */
  readonly ok: boolean;
  readonly checks: readonly Examination[];
}

/** Runs every check. */
export async function examine(
  checks: readonly Check[],
  patient: Patient,
  { environment, endpoint }: Pick<Diagnosis, 'environment' | 'endpoint'>,
): Promise<Diagnosis> {
  const examinations = await Promise.all(
    checks.map(async (check) => ({ check: check.name, findings: await run(check, patient, endpoint) })),
  );
  const findings = examinations.flatMap((examination) => examination.findings);
  return { environment, endpoint, ok: findings.every(({ result }) => result !== 'problem'), checks: examinations };
}

/** What AWS does not answer is not known; nothing is wrong because of that. */
async function run(check: Check, patient: Patient, endpoint: string | null): Promise<readonly Finding[]> {
  if (endpoint !== null && check.notReal !== undefined) {
    return [{ result: 'not checkable here', text: `${check.notReal} (${endpoint})` }];
  }
  try {
    return await check.run(patient);
  } catch (error) {
    return [{ result: 'not checkable here', text: explainError(error) }];
  }
}
