import type { LogForwarder } from '@v3-backend/observability';
import { Validations } from 'aws-cdk-lib';

/** What cdk-nag has against this stack's resources, and why they are right as they are. */
export function acknowledgeFindings(logForwarder: LogForwarder): void {
  Validations.of(logForwarder.deadLetterQueue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is the dead-letter queue: where Lambda puts what the function failed on. Nothing is received from it.',
  });
}
