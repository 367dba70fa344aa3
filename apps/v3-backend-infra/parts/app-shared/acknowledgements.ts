import type { AppShared } from '@v3-backend/app-shared';
import { Validations } from 'aws-cdk-lib';

/** What cdk-nag has against this stack's resources, and why they are right as they are. */
export function acknowledgeFindings(appShared: AppShared): void {
  Validations.of(appShared.databaseUrlSecret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason: 'It repeats the credentials of the database, and is written anew when those are rotated.',
  });
  Validations.of(appShared.roles.executionRole).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'ecr:GetAuthorizationToken has no resources. Which repositories can be pulled from is limited to one.',
  });
  for (const bucket of ['arn:aws:s3:::<reference>', '<reference>']) {
    Validations.of(appShared.roles.taskRole).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${bucket}/*]`,
      reason: 'All objects of one bucket, which belongs to this application; the actions are named one by one.',
    });
  }
}
