import { type Outcome } from './outcome';
import { type Consumer } from './options';

/** What a course tells on its way. */
export interface Told {
  /** Runs a step, whose time is part of the outcome. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Keeps the template, whatever fails later. */
  synthesized(template: unknown): void;
}

/**
 * How a course ended in one language: with a template, with errors, or with both.
 *
 * @param course fails with an error
 * @param cleanUp runs in any case
 */
export async function outcomeOf(
  language: Consumer,
  course: (told: Told) => Promise<void>,
  cleanUp: () => Promise<void>,
): Promise<Outcome> {
  const steps: { name: string; seconds: number }[] = [];
  const found: { template?: unknown } = {};
  const errors: string[] = [];
  const told: Told = {
    async step(name, work) {
      console.log(`▸ ${language}: ${name}`);
      const start = process.hrtime.bigint();
      try {
        return await work();
      } finally {
        steps.push({ name, seconds: Number(process.hrtime.bigint() - start) / 1e9 });
      }
    },
    synthesized(template) {
      found.template = template;
    },
  };
  for (const work of [() => course(told), cleanUp]) {
    try {
      await work();
    } catch (error) {
      errors.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { language, steps, ...found, ...(errors.length > 0 && { error: errors.join('\n') }) };
}
