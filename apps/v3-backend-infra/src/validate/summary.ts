import type { Variant } from '../variants';
import type { Acknowledgement, Outcome, Problem } from './validate-app';

/** The outcome of one variant, with where it was. */
export interface VariantOutcome extends Outcome {
  readonly variant: Variant;
  readonly account: string;
  readonly region: string;
}

export interface Summary {
  readonly ok: boolean;
  readonly text: string;
}

/** Only what an app acknowledges itself is expected to be needed: a library acknowledges for other apps, too. */
const CHECKS = 'AwsSolutions-';

const UNUSED = 'This acknowledgement explains nothing in any variant. Remove it.';

/** What all variants have in common, each problem and each reason once. */
export function summarize(outcomes: readonly VariantOutcome[]): Summary {
  const problems = new Map<string, { problem: Problem; variants: string[] }>();
  const reasons = new Map<string, Acknowledgement>();
  for (const outcome of outcomes) {
    const name = nameOf(outcome);
    for (const problem of outcome.problems.map((one) => generalized(one, outcome))) {
      const known = problems.get(key(problem)) ?? { problem, variants: [] };
      problems.set(key(problem), { problem, variants: [...known.variants, name] });
    }
    for (const reason of outcome.acknowledgements.map((one) => generalized(one, outcome))) {
      const findings = (reasons.get(key(reason))?.findings ?? 0) + reason.findings;
      reasons.set(key(reason), { ...reason, findings });
    }
  }
  for (const [id, { rule, construct, findings }] of reasons) {
    if (findings === 0 && rule.startsWith(CHECKS)) {
      problems.set(id, { problem: { rule, construct, description: UNUSED }, variants: outcomes.map(nameOf) });
    }
  }
  return { ok: problems.size === 0, text: render(outcomes.length, [...problems.values()], [...reasons.values()]) };
}

function render(
  variants: number,
  problems: { problem: Problem; variants: string[] }[],
  reasons: Acknowledgement[],
): string {
  const findings = reasons.reduce((sum, reason) => sum + reason.findings, 0);
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return [
    ...reasons.map(({ rule, construct, reason }) => `acknowledged  ${construct}  ${rule}\n    ${reason}`),
    ...problems.map(
      ({ problem, variants: where }) =>
        `PROBLEM  ${problem.construct}  ${problem.rule}\n    ${problem.description}\n    ${placeOf(where, variants)}`,
    ),
    `${count} in ${variants} variants. ${findings} findings acknowledged, for ${reasons.length} reasons.`,
  ].join('\n');
}

function placeOf(names: string[], variants: number): string {
  const different = [...new Set(names)];
  return different.length === variants ? 'in every variant' : `in: ${different.join('; ')}`;
}

function key({ rule, construct }: { rule: string; construct: string }): string {
  return `${construct} ${rule}`;
}

function nameOf({ variant: { environment, ssl, references, layout } }: VariantOutcome): string {
  return `${environment}, SSL ${ssl ? 'on' : 'off'}, ${references}, ${layout}`;
}

/** Without what differs from environment to environment. */
function generalized<T extends { rule: string; construct: string }>(one: T, outcome: VariantOutcome): T {
  const { variant, account, region } = outcome;
  return {
    ...one,
    construct: one.construct.replace(`v3-backend-${variant.environment}-`, ''),
    rule: one.rule
      .replaceAll(account, '{account}')
      .replaceAll(region, '{region}')
      .replaceAll(variant.environment, '{environment}'),
  };
}
