import { z } from 'zod';

const lockSchema = z.object({
  /** Of this one lock, so that its holder knows it again. */
  id: z.string().min(1),
  /** Who holds it, as `user@host`. */
  owner: z.string(),
  /** The machine and the space of process ids that `pid` is meant in; null where that cannot be told. */
  host: z.string().nullable(),
  pid: z.number().int(),
  /** When the process began, in the words of its system: tells it from a later one with the same id. */
  processStart: z.string().nullable(),
  /** The commit that is worked with; null outside git. */
  commit: z.string().nullable(),
  command: z.string(),
  /** ISO 8601, UTC. */
  since: z.iso.datetime(),
});

/** Says that somebody works on an environment. */
export type Lock = Readonly<z.output<typeof lockSchema>>;

/** A parameter takes 4096 bytes, and the command of a run of many projects may be longer. */
const COMMAND_LIMIT = 1000;

/** A lock as it is kept. */
export function formatLock(lock: Lock): string {
  const command = lock.command.length <= COMMAND_LIMIT ? lock.command : `${lock.command.slice(0, COMMAND_LIMIT)}…`;
  // SSM takes two braces for a reference to another parameter.
  return JSON.stringify({ ...lock, command }).replaceAll('{{', '{\\u007b');
}

/** The lock that was kept; undefined for a text that is none. */
export function parseLock(text: string): Lock | undefined {
  try {
    return lockSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
