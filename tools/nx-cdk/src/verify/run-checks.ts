import { explainError } from '../live-state/explain-error';
import type { Aws } from './aws';
import type { Aspect, Check } from './check';
import type { DeployedApp } from './deployed-app';
import type { CheckResult } from './verification';

/** What of AWS is not real at an endpoint, each with why. */
export type NotReal = Readonly<Partial<Record<Aspect, string>>>;

/** Makes all checks at the same time. What one of them cannot find out does not keep the others from it. */
export function runChecks(
  checks: readonly Check[],
  app: DeployedApp,
  aws: Aws,
  notReal: NotReal,
): Promise<CheckResult[]> {
  return Promise.all(checks.map((check) => runCheck(check, app, aws, notReal)));
}

async function runCheck(check: Check, app: DeployedApp, aws: Aws, notReal: NotReal): Promise<CheckResult> {
  const { name, topic, reliesOn } = check;
  const subjects = check.subjects(app).filter(({ stack }) => app.selected.has(stack.name));
  const unreal = reliesOn && notReal[reliesOn];
  if (subjects.length === 0) return { name, topic, outcome: 'nothing to check', findings: [] };
  if (unreal !== undefined) return { name, topic, outcome: 'not checkable here', reason: unreal, findings: [] };
  try {
    const findings = await check.run(subjects, app, aws);
    return { name, topic, outcome: findings.every(({ ok }) => ok) ? 'passed' : 'failed', findings };
  } catch (error) {
    // Nobody knows whether it is true: that must not look as if it were.
    return {
      name,
      topic,
      outcome: 'failed',
      reason: `it could not be found out: ${explainError(error)}`,
      findings: [],
    };
  }
}
