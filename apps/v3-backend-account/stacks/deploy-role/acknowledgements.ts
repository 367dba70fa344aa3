import { Validations } from 'aws-cdk-lib';
import type { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Place } from './permissions';

/** What cdk-nag has against this stack's resources, and why they are right as they are. */
export function acknowledgeFindings(permissions: ManagedPolicy, { environment, account, region }: Place): void {
  const acknowledge = (resource: string, reason: string) =>
    Validations.of(permissions).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
  for (const role of ['task-role', 'task-execution-role']) {
    acknowledge(
      `arn:aws:iam::${account}:role/v3-backend-*-${role}`,
      'The roles of the tasks of all environments, as the plan has it; they can be passed to ECS tasks only.',
    );
  }
  acknowledge(
    `arn:aws:ecs:${region}:${account}:task-definition/v3-backend-${environment}-*-task:*`,
    'Every revision of the task definitions of this environment, on its own clusters only.',
  );
  acknowledge(
    `arn:aws:ecs:${region}:${account}:task/v3-backend-${environment}-*`,
    'ECS makes up the ids of tasks; the condition names the clusters of this environment.',
  );
  acknowledge('*', 'ecs:DescribeTaskDefinition has no resources.');
}
