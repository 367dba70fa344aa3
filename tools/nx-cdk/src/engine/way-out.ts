import type { FailedResource } from '../live-state/live-state';

/** What failed, a line each. */
export const describeFailed = (failed: readonly FailedResource[]): string[] =>
  failed.map(({ logicalId, type, reason }) => `${logicalId} (${type}): ${reason}`);

/** For a stack that CloudFormation could not roll back: what failed, and how a person gets it out of there. */
export function wayOutOfFailedRollback(failed: readonly FailedResource[], command: string): string {
  const ids = failed.map(({ logicalId }) => logicalId).join(',');
  return [
    ...describeFailed(failed),
    `Mend the cause, then continue the rollback: ${command}`,
    ...(ids === ''
      ? []
      : [`If these resources cannot be mended, leave them as they are: ${command} --skipResources=${ids}`]),
  ].join('\n');
}
