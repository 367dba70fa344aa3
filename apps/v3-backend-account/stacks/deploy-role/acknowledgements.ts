import { Validations } from 'aws-cdk-lib';
import type { ManagedPolicy } from 'aws-cdk-lib/aws-iam';

/** What cdk-nag has against this stack's resources, and why they are right as they are. */
export function acknowledgeFindings(permissions: ManagedPolicy, account: string): void {
  for (const role of ['task-role', 'task-execution-role']) {
    Validations.of(permissions).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:aws:iam::${account}:role/v3-backend-*-${role}]`,
      reason: 'The roles of the tasks of all environments, as the plan has it; they can be passed to ECS tasks only.',
    });
  }
}
