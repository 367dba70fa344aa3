import { z } from 'zod';
import type { Figures } from './figures';

const estimate = z
  .strictObject({ typical: z.number().min(0), high: z.number().min(0) })
  .refine(({ typical, high }) => high >= typical, '"high" must not be less than "typical"');

const figuresSchema = z.record(
  z.string().regex(/^\w+::\w+(::\w+)?$/, 'must be a CloudFormation type'),
  z.strictObject({ create: estimate, update: estimate, delete: estimate, source: z.string().min(1) }),
);

/**
 * Reads measured figures, as `calibrate` writes them.
 *
 * @param file how to name the file in messages.
 * @throws with every problem.
 */
export function parseFigures(text: string, file: string): Figures {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${(error as Error).message}`);
  }
  const result = figuresSchema.safeParse(parsed);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `- ${path.join('.')}: ${message}`);
  throw new Error(`${file} is invalid. Write it anew with the target calibrate, or delete it:\n${problems.join('\n')}`);
}
