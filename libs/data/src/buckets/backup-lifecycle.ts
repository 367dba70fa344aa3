import type { PropsValidation } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** Objects move to the infrequent-access class no earlier; S3 allows none before. */
const DAYS_IN_STANDARD_CLASS = 30;
/** The infrequent-access class charges for at least so many days, and S3 archives from it no earlier. */
const DAYS_IN_INFREQUENT_ACCESS = 30;
/** The archive class charges for at least so many days. */
const DAYS_IN_ARCHIVE = 90;

/** Backups move to a cheaper class where they stay long enough for it to cost less. */
export function backupTransitions(retention: Duration, archiveAfter?: Duration): s3.Transition[] | undefined {
  const worthwhile = retention.toDays() >= DAYS_IN_STANDARD_CLASS + DAYS_IN_INFREQUENT_ACCESS;
  if (!worthwhile) return undefined;
  const afterDays = Duration.days(DAYS_IN_STANDARD_CLASS);
  return [
    { storageClass: s3.StorageClass.INFREQUENT_ACCESS, transitionAfter: afterDays },
    ...(archiveAfter ? [{ storageClass: s3.StorageClass.GLACIER, transitionAfter: archiveAfter }] : []),
  ];
}

export function validateBackupLifecycle(
  validation: PropsValidation,
  retention: Duration,
  archiveAfter?: Duration,
): void {
  const kept = retention.toDays({ integral: false });
  validation.inRange('backupRetention in days', 1, 3653, kept);
  if (!archiveAfter) return;
  const archived = archiveAfter.toDays({ integral: false });
  const earliest = DAYS_IN_STANDARD_CLASS + DAYS_IN_INFREQUENT_ACCESS;
  validation.inRange('archiveBackupsAfter in days', earliest, 3653, archived);
  validation.holds(
    archived + DAYS_IN_ARCHIVE <= kept,
    `archiveBackupsAfter must be ${DAYS_IN_ARCHIVE} days or more before backupRetention (${kept} days), got ${archived} ` +
      'days: the archive class charges for that time whatever is deleted; lengthen the retention or leave archiving out',
  );
}
