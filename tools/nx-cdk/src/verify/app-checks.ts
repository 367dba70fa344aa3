import { z } from 'zod';
import { type Aspect, ASPECTS, type Topic, TOPICS } from './check';

const topics = Object.keys(TOPICS) as [Topic, ...Topic[]];

const requestSchema = z.strictObject({
  /** The statement that it checks, e.g. `the API answers`. */
  name: z.string().min(1),
  /** Path and query. */
  path: z.string().regex(/^\//, 'must begin with "/"'),
  method: z.enum(['GET', 'HEAD']).default('GET'),
  /** The listener that is asked; by default HTTPS where the load balancer has a listener for it. */
  protocol: z.enum(['http', 'https']).optional(),
  /** The host that is asked for, and that the certificate has to be for; by default the load balancer's own name. */
  host: z.string().min(1).optional(),
  /** The status that is right. */
  status: z.number().int().min(100).max(599),
  /** Part of the `Location` that a redirect has to have. */
  location: z.string().optional(),
  /** What it relies on, e.g. `containers` where one of them answers, and not the load balancer itself. */
  reliesOn: z.enum(ASPECTS as unknown as [Aspect, ...Aspect[]]).optional(),
});

const taskSchema = z.strictObject({
  /** The statement that it checks, e.g. `tasks reach the database`. */
  name: z.string().min(1),
  topic: z.enum(topics).default('connectivity'),
  /** Family of the deployed task definition that is run. */
  family: z.string().min(1),
  /** What its first container runs instead of its own command. Exit code 0 means that the statement is true. */
  command: z.array(z.string()).min(1),
  /** After so many minutes the task is stopped, and the check fails. */
  minutes: z.number().positive().max(60).default(5),
});

const appChecksSchema = z.strictObject({
  /** Requests through the app's load balancers. */
  requests: z.array(requestSchema).default([]),
  /** Tasks that are run once, in the network of the deployed services. */
  tasks: z.array(taskSchema).default([]),
});

/** A request that has to be answered in a certain way. */
export type RequestCheck = Readonly<z.output<typeof requestSchema>>;

/** A task that has to succeed. */
export type TaskCheck = Readonly<z.output<typeof taskSchema>>;

/** What an app wants verified that does not follow from its templates. */
export type AppChecks = Readonly<z.output<typeof appChecksSchema>>;

/**
 * Validates what an app's module says.
 *
 * @param module how to name it in messages.
 * @throws with every problem and its path.
 */
export function parseAppChecks(checks: unknown, module: string): AppChecks {
  const result = appChecksSchema.safeParse(checks);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `- ${path.join('.')}: ${message}`);
  throw new Error(`The checks of ${module} are invalid:\n${problems.join('\n')}`);
}
