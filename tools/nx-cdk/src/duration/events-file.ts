import { z } from 'zod';
import type { CalibrationEvent } from './calibrate';

const event = z.object({
  StackId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string().optional(),
  ResourceType: z.string(),
  ResourceStatus: z.string(),
  Timestamp: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'must be a time'),
});

const events = z.union([
  z.object({ StackEvents: z.array(event) }).transform((answer) => answer.StackEvents),
  z.array(event),
]);

/**
 * Reads stack events as the AWS CLI writes them: the answer of DescribeStackEvents, or its list alone.
 *
 * @param file how to name the file in messages.
 * @throws when the text is something else.
 */
export function parseEvents(text: string, file: string): CalibrationEvent[] {
  const expected = 'an answer of DescribeStackEvents as JSON';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not ${expected}: ${(error as Error).message}`);
  }
  const result = events.safeParse(parsed);
  if (!result.success) throw new Error(`${file} is not ${expected}.`);
  return result.data;
}
