import type { StackSketch } from './assembly-builder';

/** c reads what b publishes, which b makes of what a publishes; d stands alone; e is no infrastructure. */
export const CHAIN_AND_LONER: Record<string, StackSketch> = {
  a: { publishes: { key: 'one' }, tags: { app: 'x' } },
  b: { after: ['a'], reads: ['/app/a/key'], publishes: { key: '$/app/a/key' } },
  c: { after: ['b'], reads: ['/app/b/key'] },
  d: {},
  e: { after: ['c'], phase: 'late', parameters: { ImageTag: 'latest' }, publishes: { tag: '$ImageTag' } },
};
