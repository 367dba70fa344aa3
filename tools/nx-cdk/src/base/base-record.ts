import { z } from 'zod';

const commit = z.string().regex(/^[0-9a-f]{40,64}$/);

const recordSchema = z.object({
  /** The commit that all stacks were last equal to; null before the first time. */
  commit: commit.nullable(),
  /** Commits that runs began to ship since, null for what no commit says: files that were not committed, deletions. */
  pending: z.array(commit.nullable()),
});

/** What was deployed to an environment, in commits. */
export type BaseRecord = Readonly<z.output<typeof recordSchema>>;

/** Nothing was deployed yet. */
export const NO_BASE: BaseRecord = { commit: null, pending: [] };

/** A parameter takes 4096 bytes. */
const PENDING_LIMIT = 40;

/** The record as it is kept. */
export const formatBase = (record: BaseRecord): string => JSON.stringify(record);

/** The record that was kept; undefined for a text that is none. */
export function parseBase(text: string): BaseRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * The record once a run begins to ship.
 *
 * @param head the commit that ships; null when files are not committed.
 */
export function withPending(record: BaseRecord, head: string | null): BaseRecord {
  if (record.pending.includes(head) || (head !== null && head === record.commit)) return record;
  // More than can be kept: like files that nobody knows.
  if (record.pending.length >= PENDING_LIMIT) return withoutDetail(record);
  return { ...record, pending: [...record.pending, head] };
}

function withoutDetail(record: BaseRecord): BaseRecord {
  return record.pending.includes(null) ? record : { ...record, pending: [...record.pending, null] };
}
