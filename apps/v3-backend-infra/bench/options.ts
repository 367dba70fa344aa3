import { parseArgs } from 'node:util';

/** The parts of the benchmark, in their order. */
export const PARTS = [
  'synth',
  'first-deploy',
  'nothing-changed',
  'compute-change',
  'slow-endpoint',
  'planning',
] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  /** How often each side runs. */
  readonly rounds: number;
  readonly parts: readonly Part[];
}

/**
 * Reads the command line.
 *
 * @throws with every problem
 */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: 'string', default: '3' }, only: { type: 'string', default: PARTS.join(',') } },
  });
  const rounds = Number(values.rounds);
  const chosen = values.only.split(',');
  const unknown = chosen.filter((part) => !(PARTS as readonly string[]).includes(part));
  const problems = [
    ...(Number.isInteger(rounds) && rounds >= 1 ? [] : [`--rounds=${values.rounds}: must be a whole number from 1 on`]),
    ...unknown.map((part) => `--only: there is no part "${part}", only ${PARTS.join(', ')}`),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return { rounds, parts: PARTS.filter((part) => chosen.includes(part)) };
}
