import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** What it takes to run one family of tasks in one cluster, and to follow and stop them. */
export function migrationStatements(
  scope: Construct,
  { cluster, taskDefinition }: { cluster: ecs.ICluster; taskDefinition: ecs.FargateTaskDefinition },
): iam.PolicyStatement[] {
  const ecsArn = (resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({ service: 'ecs', resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  const inCluster = { ArnEquals: { 'ecs:cluster': cluster.clusterArn } };
  const tasks = [ecsArn('task', `${cluster.clusterName}/*`)];
  return [
    new iam.PolicyStatement({
      actions: ['ecs:RunTask'],
      // Every revision: the policy need not change with each image.
      resources: [ecsArn('task-definition', `${taskDefinition.family}:*`)],
      conditions: inCluster,
    }),
    new iam.PolicyStatement({
      actions: ['ecs:DescribeTasks', 'ecs:StopTask'],
      resources: tasks,
      conditions: inCluster,
    }),
    // Tags of the task definition are propagated to the task, which is tagging it.
    new iam.PolicyStatement({
      actions: ['ecs:TagResource'],
      resources: tasks,
      conditions: { StringEquals: { 'ecs:CreateAction': 'RunTask' } },
    }),
    // IAM has no resource of this action on Fargate; the condition names the cluster.
    new iam.PolicyStatement({ actions: ['ecs:ListTasks'], resources: ['*'], conditions: inCluster }),
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [taskDefinition.taskRole.roleArn, taskDefinition.executionRole!.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    }),
    new iam.PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Aws.STACK_ID] }),
  ];
}
