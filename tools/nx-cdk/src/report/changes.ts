import type { ResourceChange } from '../plan/resource-changes';

/** Each kind of change: a mark that tells without colour, what to call it, and what it does to one or more resources. */
export const CHANGES: Readonly<Record<ResourceChange['change'], { readonly mark: string; readonly word: string }>> = {
  add: { mark: '+', word: 'create' },
  update: { mark: '~', word: 'update' },
  replace: { mark: '±', word: 'replace' },
  'may-replace': { mark: '?', word: 'may replace' },
  remove: { mark: '−', word: 'delete' },
};

/** How many resources change in which way, e.g. `2 create, 1 replace`; empty when none does or nobody looked. */
export function countChanges(changes: readonly ResourceChange[] | undefined): string {
  return Object.entries(CHANGES)
    .map(([kind, { word }]) => ({ word, count: (changes ?? []).filter(({ change }) => change === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`)
    .join(', ');
}
