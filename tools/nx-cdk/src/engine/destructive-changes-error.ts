import type { DestructiveChange } from '../plan/destructive-changes';

/** A stack is not shipped, because of what its change set would do. */
export class DestructiveChanges extends Error {
  public constructor(refused: readonly DestructiveChange[]) {
    const ids = refused.map(({ logicalId }) => logicalId);
    super(
      [
        ...refused.map(({ logicalId, type, effect }) => `${logicalId} (${type}) ${effect}.`),
        `Nothing of the stack was changed. If this is meant, add: --allowDestructive=${ids.join(',')}`,
      ].join('\n'),
    );
    this.name = 'DestructiveChanges';
  }
}
