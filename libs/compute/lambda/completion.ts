import { DescribeTasksCommand, type ECSClient, StopTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { MigrationError, withBriefErrors } from './migration-error';
import type { PolledRequest, RunProperties, StartedRun } from './request';
import { failureOf, logsOf } from './stopped-task';

export interface CompletionDependencies {
  readonly ecs: ECSClient;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Says whether the migration has ended, and throws when it did not succeed or takes too long. */
export function createIsComplete({ ecs, now }: CompletionDependencies) {
  return withBriefErrors(async ({ Run: run, ResourceProperties: properties }: PolledRequest) => {
    if (!run) return { IsComplete: true };
    const task = await describe(run, properties, ecs);
    if (task?.lastStatus === 'STOPPED') {
      const failure = failureOf(task, properties);
      if (failure) throw new MigrationError(failure);
      return { IsComplete: true };
    }
    if (now() >= run.Deadline) await stop(run, properties, ecs);
    return { IsComplete: false };
  });
}

/** Undefined for a moment after the start: ECS is eventually consistent. */
async function describe(
  { TaskArn }: StartedRun,
  { Cluster }: RunProperties,
  ecs: ECSClient,
): Promise<Task | undefined> {
  const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: Cluster, tasks: [TaskArn] }));
  return tasks?.[0];
}

/** A migration that went on behind a deployment which has failed would meet the next one’s. */
async function stop({ TaskArn }: StartedRun, properties: RunProperties, ecs: ECSClient): Promise<never> {
  const { Cluster, TimeoutSeconds } = properties;
  const reason = `The migration took longer than ${TimeoutSeconds} seconds`;
  await ecs.send(new StopTaskCommand({ cluster: Cluster, task: TaskArn, reason }));
  throw new MigrationError(`${reason} and was stopped. ${logsOf(TaskArn, properties)}`);
}
