import { differences } from './differences';
import { type Consumer } from './options';

/** How it went in one language. */
export interface Outcome {
  readonly language: Consumer;
  readonly steps: readonly { readonly name: string; readonly seconds: number }[];
  /** The synthesized template, unless something failed before. */
  readonly template?: unknown;
  readonly error?: string;
}

/** What is wrong, language by language: failures, and templates that are not the first one. */
export function problemsOf(outcomes: readonly Outcome[]): string[] {
  const failures = outcomes.filter(({ error }) => error !== undefined).map((one) => `${one.language}: ${one.error}`);
  const [first, ...others] = outcomes.filter(({ template }) => template !== undefined);
  const different = others.flatMap(({ language, template }) => {
    const found = differences(first!.template, template);
    return found.length === 0 ? [] : [[`${language}: not the template of ${first!.language}`, ...found].join('\n  ')];
  });
  return [...failures, ...different];
}

/** A line for each language: the time of each step. */
export function timesOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.map(({ language, steps }) => {
    const each = steps.map(({ name, seconds }) => `${name} ${seconds.toFixed(1)} s`);
    const total = steps.reduce((sum, { seconds }) => sum + seconds, 0);
    return `${language.padEnd(10)} ${total.toFixed(1).padStart(6)} s  ${each.join(', ')}`;
  });
}
