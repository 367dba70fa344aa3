import type { BaseRecord } from './base-record';

/** The tree without a file, which every git repository knows: compared with it, everything has changed. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** What is asked of git. */
export interface History {
  has(commit: string): boolean;
  isPartOfHead(commit: string): boolean;
  changedFiles(from: string, to: string): ReadonlySet<string>;
}

/** What to compare with, to find all that is not deployed yet. */
export interface Base {
  /** A commit, or the empty tree. */
  readonly revision: string;
  /** Why everything counts as changed; undefined when it does not. */
  readonly everything?: string;
}

/**
 * Chooses the base of `nx affected`: the commit last deployed, unless something is deployed that the comparison with it
 * would not show.
 */
export function chooseBase(record: BaseRecord, history: History): Base {
  const everything = whyEverything(record, history);
  return everything === undefined && record.commit !== null
    ? { revision: record.commit }
    : { revision: EMPTY_TREE, everything };
}

function whyEverything({ commit, pending }: BaseRecord, history: History): string | undefined {
  if (commit === null) return 'no run has deployed all stacks yet';
  if (!history.has(commit)) {
    return `commit ${commit}, the last one deployed, is not in this clone; fetch the whole history to compare with it`;
  }
  if (!history.isPartOfHead(commit))
    return `commit ${commit}, the last one deployed, is not part of what is checked out`;
  const now = history.changedFiles(commit, 'HEAD');
  for (const tried of pending) {
    if (tried === null) return 'since the last success, a run shipped files that were not committed, or deleted stacks';
    if (!history.has(tried)) return `a run shipped commit ${tried}, which is not in this clone, and did not complete`;
    const reverted = [...history.changedFiles(commit, tried)].find((file) => !now.has(file));
    if (reverted !== undefined) {
      return `a run shipped commit ${tried} and did not complete, and what it changed in ${reverted} is not part of HEAD`;
    }
  }
  return undefined;
}
