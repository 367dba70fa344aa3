import type { AppSecrets } from '@v3-backend/data';
import { Validations } from 'aws-cdk-lib';

/** What cdk-nag has against this stack's resources, and why they are right as they are. */
export function acknowledgeFindings(secrets: AppSecrets): void {
  Validations.of(secrets.applicationSecret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'The application decides what the secret is for, such as signing sessions. A new value that the application is not ' +
      'prepared for would invalidate what it has signed, so it is changed by a person.',
  });
  Validations.of(secrets.grafanaSecret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason: 'Grafana Cloud issues the token, and a person writes it here; AWS cannot rotate it.',
  });
}
